# METADATA
# title: Security group was not made by the launch wizard
# description: >-
#   The wizard makes a group that opens SSH or RDP, often to everybody, and nobody looks at it again.
# custom:
#   id: aws.ec2.sg_not_by_wizard
#   kind: aws.ec2.security_group
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)", "CM-7(b)"]
#     pci_dss_4.0: ["2.2.5"]
#   remediation:
#     text: >-
#       Give the machines a group of your own and delete this one.
package casemate.aws.ec2.sg_not_by_wizard

name := input.facets.configuration.GroupName

compliant if {
	is_string(name)
	not startswith(name, "launch-wizard-")
}

deny contains {"message": sprintf("it is called %s", [name]), "evidence": {"GroupName": name}} if startswith(name, "launch-wizard-")
