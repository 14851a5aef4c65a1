# METADATA
# title: Policy of the VPC endpoint narrows what goes through
# description: >-
#   The policy that an endpoint has at first lets any principal do anything in any account: stolen data leave
#   by it without passing the internet.
# custom:
#   id: aws.ec2.endpoint_policy_narrow
#   kind: aws.ec2.vpc_endpoint
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1567]
#   remediation:
#     text: >-
#       Name your organisation (`aws:PrincipalOrgID`, `aws:ResourceOrgID`) or your resources in the policy.
#     command: aws ec2 modify-vpc-endpoint --vpc-endpoint-id ENDPOINT --policy-document file://policy.json
package casemate.aws.ec2.endpoint_policy_narrow

import data.casemate.lib.aws.policy

document := input.facets.configuration.PolicyDocument

# Endpoints of gateway load balancers have no policy.
applies if not elsewhere

elsewhere if {
	is_string(input.facets.configuration.VpcEndpointId)
	not input.facets.configuration.PolicyDocument
}

open := [statement |
	some statement in policy.public_statements(document)
	policy.every_action(statement)
	policy.every_resource(statement)
	policy.unconditional(statement)
]

compliant if {
	document.valid == true
	count(open) == 0
}

deny contains {"message": "any principal may do anything by it", "evidence": statement} if some statement in open
