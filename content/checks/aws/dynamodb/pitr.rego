# METADATA
# title: DynamoDB table can be restored to any second of the last weeks
# description: >-
#   Without point-in-time recovery a bad write or a malicious one stays, unless somebody made a backup just
#   before it.
# custom:
#   id: aws.dynamodb.pitr
#   kind: aws.dynamodb.table
#   area: backup
#   needs: [continuous_backups]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["DynamoDB.2"]
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-9(b)", "CP-10"]
#   remediation:
#     text: >-
#       Turn point-in-time recovery on.
#     command: aws dynamodb update-continuous-backups --table-name NAME --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true
package casemate.aws.dynamodb.pitr

backups := input.facets.continuous_backups

# It is left out where continuous backups are off altogether.
status := object.get(backups, ["PointInTimeRecoveryDescription", "PointInTimeRecoveryStatus"], "DISABLED")

compliant if status == "ENABLED"

deny contains {"message": "point-in-time recovery is off", "evidence": {"PointInTimeRecoveryStatus": status}} if status == "DISABLED"
