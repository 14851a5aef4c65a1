# METADATA
# title: Image is shared with no other account
# description: >-
#   Whoever may start an image reads what lies in it.
# custom:
#   id: aws.ec2.image_shared
#   kind: aws.ec2.image
#   area: storage
#   needs: [launch_permissions]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   remediation:
#     text: >-
#       Take accounts out that do not need it any more.
#     command: aws ec2 modify-image-attribute --image-id IMAGE --launch-permission "Remove=[{UserId=ACCOUNT}]"
package casemate.aws.ec2.image_shared

permissions := input.facets.launch_permissions.items

compliant if {
	is_array(permissions)
	count(permissions) == 0
}

deny contains {"message": sprintf("%s may start it", [who]), "evidence": permission} if {
	some permission in permissions
	some field in ["UserId", "OrganizationArn", "OrganizationalUnitArn"]
	who := permission[field]
}

deny contains {"message": "everybody may start it", "evidence": permission} if {
	some permission in permissions
	permission.Group == "all"
}
