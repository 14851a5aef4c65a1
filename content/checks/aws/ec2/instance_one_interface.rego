# METADATA
# title: Instance stands in one network
# description: >-
#   A machine with legs in two networks joins them, whatever the routes say.
# custom:
#   id: aws.ec2.instance_one_interface
#   kind: aws.ec2.instance
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["EC2.17"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Take the second interface off, or write down why the machine needs it.
package casemate.aws.ec2.instance_one_interface

interfaces := input.facets.configuration.NetworkInterfaces

compliant if count(interfaces) <= 1

deny contains {"message": sprintf("it has %d interfaces", [count(interfaces)]), "evidence": {"subnets": sort({interface.SubnetId | some interface in interfaces})}} if {
	count(interfaces) > 1
}
