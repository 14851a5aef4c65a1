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
