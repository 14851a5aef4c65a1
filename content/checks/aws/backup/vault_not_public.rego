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
