# METADATA
# title: Database cluster is protected from deletion
# description: >-
#   One call removes a cluster, and its automatic backups with it.
# custom:
#   id: aws.rds.cluster_deletion_protection
#   kind: aws.rds.cluster
#   area: database
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["DocumentDB.5", "Neptune.4", "RDS.7"]
#     iso_27001_2022: ["A.5.33"]
#     nist_800_53_r5: ["CP-2(5)"]
#   remediation:
#     text: >-
#       Turn deletion protection on.
#     command: aws rds modify-db-cluster --db-cluster-identifier NAME --deletion-protection
package casemate.aws.rds.cluster_deletion_protection

configuration := input.facets.configuration

value := object.get(configuration, "DeletionProtection", false)

compliant if value == true

deny contains {"message": "deletion protection is off", "evidence": {"DeletionProtection": value}} if not compliant
