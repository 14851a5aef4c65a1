# METADATA
# title: Backup vault is encrypted with a KMS key of the account
# description: >-
#   With the key that AWS owns, copies to other accounts cannot be made, and nobody sees in CloudTrail who read
#   a backup. The key is chosen at the creation of the vault.
# custom:
#   id: aws.backup.vault_key
#   kind: aws.backup.vault
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["Backup.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Make a vault with a customer managed key, and point the plans to it.
#     command: aws backup create-backup-vault --backup-vault-name NAME --encryption-key-arn KEY
package casemate.aws.backup.vault_key

configuration := input.facets.configuration

key := object.get(configuration, "EncryptionKeyArn", "")

type := object.get(configuration, "EncryptionKeyType", "")

compliant if {
	startswith(key, "arn:")
	type != "AWS_OWNED_KMS_KEY"
}

deny contains {"message": "no key of the account encrypts it", "evidence": {"EncryptionKeyArn": key, "EncryptionKeyType": type}} if {
	is_string(configuration.BackupVaultName)
	not compliant
}
