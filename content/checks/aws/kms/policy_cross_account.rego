# METADATA
# title: KMS key is not shared with accounts that nobody named
# description: >-
#   Other accounts in a key's policy can let their own users use it. Those that are meant are a parameter; a condition on
#   your organisation keeps it in the house.
# custom:
#   id: aws.kms.policy_cross_account
#   kind: aws.kms.key
#   area: identity
#   needs: [policy]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.24"]
#     nist_800_53_r5: ["AC-3", "AC-6", "SC-12"]
#     pci_dss_4.0: ["3.6.1", "3.6.1.3", "3.7.7", "7.2.1"]
#   params:
#     accounts: {type: list, default: [], description: other accounts that may be let in}
#   remediation:
#     text: >-
#       Remove the statement, add a condition on `aws:PrincipalOrgID`, or accept the account.
package casemate.aws.kms.policy_cross_account

import data.casemate.lib.aws.outside
import data.casemate.lib.aws.policy

facet := input.facets.policy

found := outside.statements(facet.Policy, outside.own(input.resource), data.params.accounts)

compliant if {
	facet.Policy.valid == true
	count(found) == 0
}

deny contains {"message": sprintf("%s is let in by %s", [concat(", ", one.accounts), policy.label(facet.Policy, one.statement)]), "evidence": one.statement} if {
	some one in found
}
