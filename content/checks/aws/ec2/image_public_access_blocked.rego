# METADATA
# title: Images of the region cannot be made public
# description: >-
#   The block holds whatever a person or a program does to one image.
# custom:
#   id: aws.ec2.image_public_access_blocked
#   kind: aws.account_region
#   area: storage
#   needs: [image_public_access]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.12", "A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)", "SC-7(a)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2", "1.4.4"]
#   remediation:
#     text: >-
#       Block public sharing of images.
#     command: aws ec2 enable-image-block-public-access --image-block-public-access-state block-new-sharing --region REGION
package casemate.aws.ec2.image_public_access_blocked

value := input.facets.image_public_access.ImageBlockPublicAccessState

compliant if value == "block-new-sharing"

deny contains {"message": sprintf("public sharing of images is %s", [value]), "evidence": {"ImageBlockPublicAccessState": value}} if {
	is_string(value)
	not compliant
}
