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
#   frameworks:
#     aws_fsbp: ["EC2.9"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2"]
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
