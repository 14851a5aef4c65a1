# METADATA
# title: Discs of the launch template are encrypted
# description: >-
#   Machines that are started from the template get discs as it says.
# custom:
#   id: aws.ec2.template_encrypted
#   kind: aws.ec2.launch_template
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Set `Encrypted` for each disc of the template.
#     command: aws ec2 create-launch-template-version --launch-template-id TEMPLATE --source-version 1 --launch-template-data JSON
package casemate.aws.ec2.template_encrypted

configuration := input.facets.configuration

discs := [mapping |
	some mapping in object.get(configuration, ["LaunchTemplateData", "BlockDeviceMappings"], [])
	mapping.Ebs
]

bad := [disc.DeviceName | some disc in discs; object.get(disc.Ebs, "Encrypted", false) == false]

# A template without discs takes those of the image, and the default of the region.
compliant if {
	is_object(configuration.LaunchTemplateData)
	count(bad) == 0
}

deny contains {"message": sprintf("%s is not encrypted", [name]), "evidence": {"DeviceName": name}} if some name in bad
