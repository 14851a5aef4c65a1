# METADATA
# title: Instance has no public address
# description: >-
#   What has no public address is not found by those who search the whole internet, whatever its groups say.
# custom:
#   id: aws.ec2.instance_no_public_ip
#   kind: aws.ec2.instance
#   area: network
#   needs: [configuration]
#   severity: medium
#   attack: [T1190]
#   remediation:
#     text: >-
#       Put the instance into a private subnet, behind a load balancer or a NAT gateway.
package casemate.aws.ec2.instance_no_public_ip

configuration := input.facets.configuration

addresses := {address | address := configuration.PublicIpAddress; address != ""} | {address |
	some interface in configuration.NetworkInterfaces
	address := interface.Association.PublicIp
	address != ""
}

compliant if {
	is_string(configuration.InstanceId)
	is_array(configuration.NetworkInterfaces)
	count(addresses) == 0
}

deny contains {"message": sprintf("it has the public address %s", [address]), "evidence": {"PublicIp": address}} if some address in addresses
