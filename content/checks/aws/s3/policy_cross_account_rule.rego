# METADATA
# title: Other accounts may not change how a bucket is guarded
# description: >-
#   Whoever may change the policy, the ACLs or the encryption of a bucket rules it, whatever else the policy says. That
#   holds for everybody, too.
# custom:
#   id: aws.s3.policy_cross_account_rule
#   kind: aws.s3.bucket
#   area: identity
#   needs: [policy]
#   severity: high
#   frameworks:
#     aws_fsbp: ["S3.6"]
#     iso_27001_2022: ["A.5.15", "A.5.18", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2", "7.3.3", "8.2.7"]
#   attack: [T1222, T1537]
#   params:
#     accounts: {type: list, default: [], description: other accounts that may}
#     actions:
#       type: list
#       default: ["s3:deletebucketpolicy", "s3:putbucketacl", "s3:putbucketpolicy", "s3:putencryptionconfiguration", "s3:putobjectacl"]
#       description: actions, in lower case
#   remediation:
#     text: >-
#       Leave the partner the actions on objects that it needs, and no others.
package casemate.aws.s3.policy_cross_account_rule

import data.casemate.lib.aws.outside
import data.casemate.lib.aws.policy

facet := input.facets.policy

strangers(statement) := sort(outside.accounts(statement, outside.own(input.resource), data.params.accounts)) if {
	not policy.everybody(statement)
}

strangers(statement) := ["everybody"] if {
	statement.effect == "Allow"
	policy.everybody(statement)
	not policy.narrowed(statement)
}

found := [{"statement": statement, "who": who, "actions": actions} |
	some statement in facet.Policy.statements
	who := strangers(statement)
	count(who) > 0
	actions := [action | some action in data.params.actions; policy.reaches(statement, action)]
	count(actions) > 0
]

compliant if facet.present == false

compliant if {
	facet.Policy.valid == true
	count(found) == 0
}

deny contains {
	"message": sprintf("%s may %s by %s", [concat(", ", one.who), concat(", ", one.actions), policy.label(facet.Policy, one.statement)]),
	"evidence": one.statement,
} if {
	some one in found
}
