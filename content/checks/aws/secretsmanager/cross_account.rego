# METADATA
# title: Secret is not shared with accounts that nobody named
# custom:
#   id: aws.secretsmanager.cross_account
#   kind: aws.secretsmanager.secret
#   area: secrets
#   needs: [policy]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   params:
#     accounts: {type: list, default: [], description: other accounts that may be let in}
#   remediation:
#     text: >-
#       Remove the statement, add a condition on `aws:PrincipalOrgID`, or accept the account.
package casemate.aws.secretsmanager.cross_account

import data.casemate.lib.aws.outside
import data.casemate.lib.aws.policy

facet := input.facets.policy

found := outside.statements(facet.ResourcePolicy, outside.own(input.resource), data.params.accounts)

compliant if {
	is_string(facet.ARN)
	not facet.ResourcePolicy
}

compliant if {
	facet.ResourcePolicy.valid == true
	count(found) == 0
}

deny contains {"message": sprintf("%s is let in by %s", [concat(", ", one.accounts), policy.label(facet.ResourcePolicy, one.statement)]), "evidence": one.statement} if {
	some one in found
}
