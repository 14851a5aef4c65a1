# METADATA
# title: Backup plan keeps backups long enough
# description: >-
#   Attackers stay for weeks before they are seen; backups that are younger than the intrusion hold it. Rules
#   that make copies are judged by what they keep themselves.
# custom:
#   id: aws.backup.plan_retention
#   kind: aws.backup.plan
#   area: backup
#   needs: [plan]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.13"]
#     nist_800_53_r5: ["CP-9(a)", "CP-9(b)", "CP-10"]
#   params:
#     days: {type: int, default: 35, description: fewest days that a rule keeps backups}
#   remediation:
#     text: >-
#       Set the lifecycle of each rule to 35 days or more.
package casemate.aws.backup.plan_retention

rules := input.facets.plan.Rules

# No lifecycle keeps for ever.
kept(rule) := object.get(rule, ["Lifecycle", "DeleteAfterDays"], -1)

short := [rule |
	some rule in rules
	kept(rule) >= 0
	kept(rule) < data.params.days
]

compliant if {
	is_array(rules)
	count(rules) > 0
	count(short) == 0
}

deny contains {"message": sprintf("the rule `%s` keeps backups for %d days", [object.get(rule, "RuleName", ""), kept(rule)]), "evidence": {"rule": object.get(rule, "RuleName", ""), "DeleteAfterDays": kept(rule)}} if some rule in short

deny contains {"message": "it has no rule", "evidence": {"Rules": []}} if rules == []
