# METADATA
# title: Elastic address is in use
# description: >-
#   An address that is kept for nothing costs money, and names in the DNS that still point to it serve whoever
#   gets it next.
# custom:
#   id: aws.ec2.address_in_use
#   kind: aws.ec2.address
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["EC2.12"]
#     iso_27001_2022: ["A.5.9", "A.8.20"]
#     nist_800_53_r5: ["CM-7(b)"]
#     pci_dss_4.0: ["1.2.5"]
#   remediation:
#     text: >-
#       Release the address, and take names that point to it out of the DNS.
#     command: aws ec2 release-address --allocation-id ID
package casemate.aws.ec2.address_in_use

configuration := input.facets.configuration

used if configuration.AssociationId != ""

used if configuration.NetworkInterfaceId != ""

compliant if used

deny contains {"message": "it is associated with nothing", "evidence": {"AllocationId": configuration.AllocationId}} if {
	is_string(configuration.AllocationId)
	not used
}
