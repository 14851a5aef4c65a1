# METADATA
# title: Image asks for IMDSv2
# description: >-
#   Machines that are started from such an image require tokens of the metadata service, whoever starts
#   them.
# custom:
#   id: aws.ec2.image_imdsv2
#   kind: aws.ec2.image
#   area: compute
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["AC-6", "CM-6(a)"]
#     pci_dss_4.0: ["2.2.5"]
#   remediation:
#     text: >-
#       Set the attribute of the image.
#     command: aws ec2 modify-image-attribute --image-id IMAGE --imds-support v2.0
package casemate.aws.ec2.image_imdsv2

configuration := input.facets.configuration

value := object.get(configuration, "ImdsSupport", "not set")

compliant if value == "v2.0"

deny contains {"message": "it does not ask for IMDSv2", "evidence": {"ImdsSupport": value}} if {
	is_string(configuration.ImageId)
	value != "v2.0"
}
