# METADATA
# title: Policy of the VPC endpoint names no other accounts
# description: >-
#   Other accounts in the policy may use your network to reach the service. Those that are meant are a
#   parameter.
# custom:
#   id: aws.ec2.endpoint_own_accounts
#   kind: aws.ec2.vpc_endpoint
#   area: network
#   needs: [configuration]
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
package casemate.aws.ec2.endpoint_own_accounts

import data.casemate.lib.aws.outside
import data.casemate.lib.aws.policy

configuration := input.facets.configuration

found := outside.statements(configuration.PolicyDocument, outside.own(input.resource), data.params.accounts)

# Endpoints of gateway load balancers have no policy.
applies if not elsewhere

elsewhere if {
	is_string(configuration.VpcEndpointId)
	not configuration.PolicyDocument
}

compliant if {
	configuration.PolicyDocument.valid == true
	count(found) == 0
}

deny contains {"message": sprintf("%s is let in by %s", [concat(", ", one.accounts), policy.named([one.statement])]), "evidence": one.statement} if {
	some one in found
}
