# METADATA
# title: Backups in a vault cannot be deleted before their time
# description: >-
#   Whoever takes the account over deletes the backups first; a lock keeps them for the days that it says, in
#   compliance mode against the root user too.
# custom:
#   id: aws.backup.vault_locked
#   kind: aws.backup.vault
#   area: backup
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.33", "A.8.13"]
#     nist_800_53_r5: ["CP-9(d)"]
#   attack: [T1490]
#   remediation:
#     text: >-
#       Lock the vault, in governance mode first.
#     command: aws backup put-backup-vault-lock-configuration --backup-vault-name NAME --min-retention-days 7
package casemate.aws.backup.vault_locked

configuration := input.facets.configuration

value := object.get(configuration, "Locked", false)

compliant if value == true

deny contains {"message": "the vault is not locked", "evidence": {"Locked": value}} if not compliant
