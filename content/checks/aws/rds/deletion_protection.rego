# METADATA
# title: Database instance is protected from deletion
# description: >-
#   One call removes a database, and its automatic backups with it. Members of clusters are judged by
#   `aws.rds.cluster_deletion_protection`.
# custom:
#   id: aws.rds.deletion_protection
#   kind: aws.rds.instance
#   area: database
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.8"]
#     iso_27001_2022: ["A.5.33"]
#     nist_800_53_r5: ["CP-2(5)"]
#   remediation:
#     text: >-
#       Turn deletion protection on.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --deletion-protection
package casemate.aws.rds.deletion_protection

configuration := input.facets.configuration

# What a cluster holds is set on the cluster.
applies if not is_string(configuration.DBClusterIdentifier)

value := object.get(configuration, "DeletionProtection", false)

compliant if value == true

deny contains {"message": "deletion protection is off", "evidence": {"DeletionProtection": value}} if not compliant
