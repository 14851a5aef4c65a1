# METADATA
# title: Subnet gives no public addresses by itself
# description: >-
#   Machines that are started there stand on the internet without anybody having said so.
# custom:
#   id: aws.ec2.subnet_no_auto_public_ip
#   kind: aws.ec2.subnet
#   area: network
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Turn the setting off, and give a public address to what needs one.
#     command: aws ec2 modify-subnet-attribute --subnet-id SUBNET --no-map-public-ip-on-launch
package casemate.aws.ec2.subnet_no_auto_public_ip

value := input.facets.configuration.MapPublicIpOnLaunch

compliant if value == false

deny contains {"message": "it gives new machines public addresses", "evidence": {"MapPublicIpOnLaunch": value}} if value == true
