# METADATA
# title: Image is not public
# description: >-
#   Everybody can start a public image and read what lies in it.
# custom:
#   id: aws.ec2.image_not_public
#   kind: aws.ec2.image
#   area: storage
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6", "MP-2"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1530]
#   remediation:
#     text: >-
#       Make the image private, and look for secrets in it.
#     command: aws ec2 modify-image-attribute --image-id IMAGE --launch-permission "Remove=[{Group=all}]"
package casemate.aws.ec2.image_not_public

value := input.facets.configuration.Public

compliant if value == false

deny contains {"message": "everybody may start it", "evidence": {"Public": value}} if value == true
