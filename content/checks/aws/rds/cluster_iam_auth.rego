# METADATA
# title: Database cluster takes sign-in by IAM
# description: >-
#   Tokens of IAM last fifteen minutes and are bound to a role; passwords last until somebody changes them.
# custom:
#   id: aws.rds.cluster_iam_auth
#   kind: aws.rds.cluster
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["Neptune.7", "RDS.12"]
#     iso_27001_2022: ["A.5.16", "A.8.5"]
#     nist_800_53_r5: ["AC-3", "IA-2"]
#     pci_dss_4.0: ["7.3.1", "8.2.1"]
#   remediation:
#     text: >-
#       Turn IAM authentication on, and take the passwords of database users away.
#     command: aws rds modify-db-cluster --db-cluster-identifier NAME --enable-iam-database-authentication
package casemate.aws.rds.cluster_iam_auth

configuration := input.facets.configuration

# DocumentDB has it for each user.
applies if not configuration.Engine == "docdb"

value := object.get(configuration, "IAMDatabaseAuthenticationEnabled", false)

compliant if value == true

deny contains {"message": "IAM authentication is off", "evidence": {"IAMDatabaseAuthenticationEnabled": value}} if not compliant
