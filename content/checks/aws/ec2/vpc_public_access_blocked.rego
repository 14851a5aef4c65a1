# METADATA
# title: VPCs of the region are blocked from the internet
# description: >-
#   The block holds for all gateways of the region, but for what is excluded by name.
# custom:
#   id: aws.ec2.vpc_public_access_blocked
#   kind: aws.account_region
#   area: network
#   needs: [vpc_public_access]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Block traffic of internet gateways, and exclude the subnets that serve the internet.
#     command: aws ec2 modify-vpc-block-public-access-options --internet-gateway-block-mode block-bidirectional --region REGION
package casemate.aws.ec2.vpc_public_access_blocked

value := input.facets.vpc_public_access.InternetGatewayBlockMode

compliant if value in {"block-bidirectional", "block-ingress"}

deny contains {"message": sprintf("the block is %s", [value]), "evidence": {"InternetGatewayBlockMode": value}} if {
	is_string(value)
	not compliant
}
