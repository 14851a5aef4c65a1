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
#   frameworks:
#     iso_27001_2022: ["A.8.13", "A.8.14"]
#     nist_800_53_r5: ["CP-6(1)", "CP-6(a)", "CP-9(a)", "CP-10", "SC-36"]
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
