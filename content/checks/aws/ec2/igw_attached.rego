# METADATA
# title: Internet gateway belongs to a VPC
# description: >-
#   A gateway that is kept for nothing is one call away from opening a network.
# custom:
#   id: aws.ec2.igw_attached
#   kind: aws.ec2.internet_gateway
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.9", "A.8.20"]
#     nist_800_53_r5: ["CM-7(b)"]
#     pci_dss_4.0: ["1.2.5"]
#   remediation:
#     text: >-
#       Delete it.
#     command: aws ec2 delete-internet-gateway --internet-gateway-id GATEWAY
package casemate.aws.ec2.igw_attached

attachments := input.facets.configuration.Attachments

compliant if count(attachments) > 0

deny contains {"message": "it is attached to no VPC", "evidence": {"Attachments": attachments}} if count(attachments) == 0
