# METADATA
# title: Network ACL belongs to a subnet
# description: >-
#   An ACL that nobody uses is kept by nobody and taken for one that holds.
# custom:
#   id: aws.ec2.acl_in_use
#   kind: aws.ec2.network_acl
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["EC2.16"]
#     iso_27001_2022: ["A.5.9", "A.8.20"]
#     nist_800_53_r5: ["CM-7(b)"]
#     pci_dss_4.0: ["1.2.5"]
#   remediation:
#     text: >-
#       Delete it.
#     command: aws ec2 delete-network-acl --network-acl-id ACL
package casemate.aws.ec2.acl_in_use

configuration := input.facets.configuration

compliant if count(configuration.Associations) > 0

# The one that each VPC has from its beginning cannot be deleted.
compliant if configuration.IsDefault == true

deny contains {"message": "it is associated with no subnet", "evidence": {"Associations": configuration.Associations}} if {
	configuration.IsDefault == false
	count(configuration.Associations) == 0
}
