# METADATA
# title: Nobody both rules a KMS key and uses it
# description: >-
#   Whoever may do everything with a key can read what it guards and hide that he did. Statements for the account itself
#   do not count: they leave the question to the policies of IAM.
# custom:
#   id: aws.kms.policy_duties_apart
#   kind: aws.kms.key
#   area: identity
#   needs: [policy]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.24"]
#     nist_800_53_r5: ["AC-3", "AC-5(b)", "AC-6", "SC-12"]
#     pci_dss_4.0: ["3.6.1", "3.6.1.3", "3.7.7", "7.2.1"]
#   remediation:
#     text: >-
#       Give those who rule the key actions such as `kms:Put*` and `kms:ScheduleKeyDeletion`, and those who use it
#       `kms:Encrypt`, `kms:Decrypt` and `kms:GenerateDataKey*`.
package casemate.aws.kms.policy_duties_apart

import data.casemate.lib.aws.policy

facet := input.facets.policy

found := [{"statement": statement, "who": who} |
	some statement in facet.Policy.statements
	statement.effect == "Allow"
	policy.reaches(statement, "kms:decrypt")
	policy.reaches(statement, "kms:putkeypolicy")
	who := [name | some name in statement.principal.AWS; is_identity(name)]
	count(who) > 0
]

is_identity(name) if regex.match(`:(user|role|assumed-role)/`, name)

is_identity(name) if name == "*"

compliant if {
	facet.Policy.valid == true
	count(found) == 0
}

deny contains {"message": sprintf("%s may do both by %s", [concat(", ", one.who), policy.label(facet.Policy, one.statement)]), "evidence": one.statement} if {
	some one in found
}
