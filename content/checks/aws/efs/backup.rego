# METADATA
# title: EFS file system is backed up every day
# description: >-
#   The backup policy hands the file system to AWS Backup, which keeps a copy of each day; without it files that
#   are deleted or encrypted by an attacker are gone.
# custom:
#   id: aws.efs.backup
#   kind: aws.efs.file_system
#   area: backup
#   needs: [backup_policy]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EFS.2"]
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-9(b)", "CP-10"]
#   remediation:
#     text: >-
#       Turn automatic backups on.
#     command: aws efs put-backup-policy --file-system-id ID --backup-policy Status=ENABLED
package casemate.aws.efs.backup

policy := input.facets.backup_policy

status := policy.Status

compliant if status == "ENABLED"

# No policy was ever set.
deny contains {"message": "automatic backups were never turned on", "evidence": {"present": false}} if policy.present == false

deny contains {"message": sprintf("automatic backups are %s", [status]), "evidence": {"Status": status}} if status in {"DISABLED", "DISABLING", "ENABLING"}
