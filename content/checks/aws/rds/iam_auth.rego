# METADATA
# title: Database instance takes sign-in by IAM
# description: >-
#   Tokens of IAM last fifteen minutes and are bound to a role; passwords last until somebody changes them.
#   Engines that have no such sign-in (Oracle, SQL Server) fail too: exempt them where that is accepted.
# custom:
#   id: aws.rds.iam_auth
#   kind: aws.rds.instance
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.10"]
#     iso_27001_2022: ["A.5.16", "A.8.5"]
#     nist_800_53_r5: ["AC-3", "IA-2"]
#     pci_dss_4.0: ["7.3.1", "8.2.1"]
#   remediation:
#     text: >-
#       Turn IAM authentication on, give database users the role `rds_iam` or the AWSAuthenticationPlugin, and
#       take their passwords away.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --enable-iam-database-authentication
package casemate.aws.rds.iam_auth

configuration := input.facets.configuration

# DocumentDB has it in another way, Neptune on the cluster.
applies if not configuration.Engine in {"docdb", "neptune"}

value := object.get(configuration, "IAMDatabaseAuthenticationEnabled", false)

compliant if value == true

deny contains {"message": "IAM authentication is off", "evidence": {"IAMDatabaseAuthenticationEnabled": value}} if not compliant
