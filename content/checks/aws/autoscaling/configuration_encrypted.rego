# METADATA
# title: Discs of the launch configuration are encrypted
# description: >-
#   Machines that are started from it get discs as it says.
# custom:
#   id: aws.autoscaling.configuration_encrypted
#   kind: aws.autoscaling.launch_configuration
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Move the group to a launch template whose discs are encrypted.
package casemate.aws.autoscaling.configuration_encrypted

configuration := input.facets.configuration

bad := [mapping.DeviceName |
	some mapping in object.get(configuration, "BlockDeviceMappings", [])
	mapping.Ebs
	object.get(mapping.Ebs, "Encrypted", false) == false
]

# One without discs takes those of the image, and the default of the region.
compliant if {
	is_string(configuration.LaunchConfigurationName)
	count(bad) == 0
}

deny contains {"message": sprintf("%s is not encrypted", [name]), "evidence": {"DeviceName": name}} if some name in bad
