# METADATA
# title: Transit gateway takes no VPC without being asked
# description: >-
#   With the setting on, everybody with whom the gateway is shared can join his network to yours.
# custom:
#   id: aws.ec2.tgw_no_auto_accept
#   kind: aws.ec2.transit_gateway
#   area: network
#   needs: [configuration]
#   severity: high
#   frameworks:
#     aws_fsbp: ["EC2.23"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Turn off the acceptance of shared attachments.
#     command: aws ec2 modify-transit-gateway --transit-gateway-id GATEWAY --options AutoAcceptSharedAttachments=disable
package casemate.aws.ec2.tgw_no_auto_accept

value := input.facets.configuration.Options.AutoAcceptSharedAttachments

compliant if value == "disable"

deny contains {"message": sprintf("the acceptance of shared attachments is set to %s", [value]), "evidence": {"AutoAcceptSharedAttachments": value}} if {
	is_string(value)
	not compliant
}
