# METADATA
# title: Policy of a backup vault does not let everybody in
# description: >-
#   Whoever may start a copy job from a vault has all that was backed up.
# custom:
#   id: aws.backup.vault_not_public
#   kind: aws.backup.vault
#   area: backup
#   needs: [policy]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1530]
#   remediation:
#     text: >-
#       Name the accounts in the policy, or your organisation.
#     command: aws backup delete-backup-vault-access-policy --backup-vault-name NAME
package casemate.aws.backup.vault_not_public

import data.casemate.lib.aws.policy

facet := input.facets.policy

open := policy.public_statements(facet.Policy)

compliant if facet.present == false

compliant if {
	facet.Policy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody is let in: %s", [policy.named(open)]), "evidence": {"statements": open}} if count(open) > 0
