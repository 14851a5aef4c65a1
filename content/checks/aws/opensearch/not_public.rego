# METADATA
# title: OpenSearch domain is not open to everybody
# description: >-
#   A domain outside a VPC has an address on the internet, and its access policy alone says who comes in. A
#   condition on the caller narrows, one on transport does not.
# custom:
#   id: aws.opensearch.not_public
#   kind: aws.opensearch.domain
#   area: network
#   needs: [domain]
#   severity: critical
#   frameworks:
#     aws_fsbp: ["ES.2", "OpenSearch.2"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12", "A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6", "SC-7(3)", "SC-7(11)", "SC-7(a)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2", "1.4.4", "7.2.1", "7.3.3"]
#   attack: [T1190, T1530]
#   remediation:
#     text: >-
#       Put the domain in a VPC, or name the roles in the policy; addresses alone are a weak guard.
#     command: aws opensearch update-domain-config --domain-name NAME --access-policies file://policy.json
package casemate.aws.opensearch.not_public

import data.casemate.lib.aws.policy

domain := input.facets.domain

facet := domain.AccessPolicies

in_vpc if count(domain.VPCOptions.SubnetIds) > 0

in_vpc if startswith(domain.VPCOptions.VPCId, "vpc-")

open := policy.public_statements(facet)

compliant if in_vpc

# No policy lets nobody in but those whom fine-grained access knows.
compliant if {
	is_string(domain.DomainName)
	not facet
}

compliant if {
	facet.valid == true
	count(open) == 0
}

deny contains {
	"message": sprintf("it is on the internet, and its policy lets everybody in: %s", [policy.named(open)]),
	"evidence": {"statements": open},
} if {
	not in_vpc
	count(open) > 0
}
