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
