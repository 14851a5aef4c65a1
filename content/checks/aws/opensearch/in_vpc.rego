# METADATA
# title: OpenSearch domain stands in a VPC
# description: >-
#   Outside a VPC it has an address on the internet, and the policy alone keeps others away. It is chosen at the
#   creation.
# custom:
#   id: aws.opensearch.in_vpc
#   kind: aws.opensearch.domain
#   area: network
#   needs: [domain]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ES.2"]
#     iso_27001_2022: ["A.8.12", "A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)", "SC-7(a)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2", "1.4.4"]
#   remediation:
#     text: >-
#       Make a domain in private subnets, and restore a snapshot into it.
package casemate.aws.opensearch.in_vpc

domain := input.facets.domain

in_vpc if count(domain.VPCOptions.SubnetIds) > 0

in_vpc if startswith(domain.VPCOptions.VPCId, "vpc-")

compliant if in_vpc

deny contains {"message": "it has an address on the internet", "evidence": {"VPCOptions": object.get(domain, "VPCOptions", {})}} if {
	is_string(domain.DomainName)
	not in_vpc
}
