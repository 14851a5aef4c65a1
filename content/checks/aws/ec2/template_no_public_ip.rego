# METADATA
# title: Launch template gives no public address
# description: >-
#   Machines that are started from the template stand on the internet.
# custom:
#   id: aws.ec2.template_no_public_ip
#   kind: aws.ec2.launch_template
#   area: network
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EC2.25"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2"]
#   remediation:
#     text: >-
#       Take `AssociatePublicIpAddress` out of the interfaces of the template.
#     command: aws ec2 create-launch-template-version --launch-template-id TEMPLATE --source-version 1 --launch-template-data JSON
package casemate.aws.ec2.template_no_public_ip

configuration := input.facets.configuration

interfaces := object.get(configuration, ["LaunchTemplateData", "NetworkInterfaces"], [])

open := [interface | some interface in interfaces; interface.AssociatePublicIpAddress == true]

compliant if {
	is_object(configuration.LaunchTemplateData)
	count(open) == 0
}

deny contains {"message": "its interfaces get public addresses", "evidence": {"NetworkInterfaces": open}} if count(open) > 0
