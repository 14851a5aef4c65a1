# METADATA
# title: Discs of the image are encrypted
# description: >-
#   Machines that are started from the image get discs like its own.
# custom:
#   id: aws.ec2.image_encrypted
#   kind: aws.ec2.image
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Copy the image with a key.
#     command: aws ec2 copy-image --source-image-id IMAGE --source-region REGION --name NAME --encrypted
package casemate.aws.ec2.image_encrypted

discs := [mapping | some mapping in input.facets.configuration.BlockDeviceMappings; mapping.Ebs]

bad := [disc.DeviceName | some disc in discs; disc.Ebs.Encrypted == false]

# Discs of the machine itself end with it.
applies if not elsewhere

elsewhere if input.facets.configuration.RootDeviceType == "instance-store"

compliant if {
	count(discs) > 0
	every disc in discs { disc.Ebs.Encrypted == true }
}

deny contains {"message": sprintf("%s is not encrypted", [name]), "evidence": {"DeviceName": name}} if some name in bad
