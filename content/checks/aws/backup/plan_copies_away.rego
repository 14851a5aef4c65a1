# METADATA
# title: Backup plan copies backups to another region or account
# description: >-
#   What happens to a region or an account happens to the backups in it too.
# custom:
#   id: aws.backup.plan_copies_away
#   kind: aws.backup.plan
#   area: backup
#   needs: [plan]
#   severity: low
#   remediation:
#     text: >-
#       Add a copy action to a vault of another account or region.
package casemate.aws.backup.plan_copies_away

rules := input.facets.plan.Rules

copying := [rule | some rule in rules; count(object.get(rule, "CopyActions", [])) > 0]

compliant if count(copying) > 0

deny contains {"message": "no rule makes a copy", "evidence": {"Rules": count(rules)}} if {
	is_array(rules)
	count(copying) == 0
}
