# METADATA
# title: Database instance keeps its backups long enough
# description: >-
#   Damage that is found after the last backup has gone cannot be undone; 0 days means that there are no backups
#   at all.
# custom:
#   id: aws.rds.backup_retention
#   kind: aws.rds.instance
#   area: backup
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["RDS.11"]
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-9(b)", "CP-10"]
#   params:
#     days: {type: int, default: 7, description: fewest days that backups are kept}
#   remediation:
#     text: >-
#       Set the retention of automatic backups to 7 days or more.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --backup-retention-period 7
package casemate.aws.rds.backup_retention

configuration := input.facets.configuration

kept := configuration.BackupRetentionPeriod

compliant if kept >= data.params.days

deny contains {"message": sprintf("backups are kept for %d days", [kept]), "evidence": {"BackupRetentionPeriod": kept}} if kept < data.params.days
