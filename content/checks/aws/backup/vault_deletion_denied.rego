# METADATA
# title: Nobody may delete recovery points from a backup vault by hand
# description: >-
#   A policy that denies it stops whoever took over an administrator of backups; a lock does so for everybody.
# custom:
#   id: aws.backup.vault_deletion_denied
#   kind: aws.backup.vault
#   area: backup
#   needs: [configuration, policy]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.33", "A.8.13"]
#     nist_800_53_r5: ["CP-9(d)"]
#   attack: [T1490]
#   remediation:
#     text: >-
#       Deny `backup:DeleteRecoveryPoint` to everybody in the policy of the vault, or lock it.
package casemate.aws.backup.vault_deletion_denied

import data.casemate.lib.aws.policy

facet := input.facets.policy

locked if input.facets.configuration.Locked == true

denies(statement) if {
	statement.effect == "Deny"
	policy.everybody(statement)
	policy.reaches(statement, "backup:deleterecoverypoint")
}

denied if {
	some statement in facet.Policy.statements
	denies(statement)
}

compliant if {
	is_boolean(facet.present)
	locked
}

compliant if {
	is_string(input.facets.configuration.BackupVaultName)
	facet.Policy.valid == true
	denied
}

deny contains {"message": "no policy keeps anybody from it", "evidence": {"present": false}} if {
	facet.present == false
	not locked
}

deny contains {"message": "the policy keeps nobody from it", "evidence": {"statements": count(facet.Policy.statements)}} if {
	facet.Policy.valid == true
	not denied
	not locked
}
