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
#   frameworks:
#     aws_fsbp: ["EC2.15"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2"]
#   remediation:
#     text: >-
#       Turn the setting off, and give a public address to what needs one.
#     command: aws ec2 modify-subnet-attribute --subnet-id SUBNET --no-map-public-ip-on-launch
package casemate.aws.ec2.subnet_no_auto_public_ip

value := input.facets.configuration.MapPublicIpOnLaunch

compliant if value == false

deny contains {"message": "it gives new machines public addresses", "evidence": {"MapPublicIpOnLaunch": value}} if value == true
