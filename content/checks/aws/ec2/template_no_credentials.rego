# METADATA
# title: User data of the launch template hold no known form of credentials
# description: >-
#   Keys of AWS, tokens of services and private keys are known by their form, whatever the variable is
#   called.
# custom:
#   id: aws.ec2.template_no_credentials
#   kind: aws.ec2.launch_template
#   area: secrets
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552.001]
#   remediation:
#     text: >-
#       Take the credential out, replace it, and let the role of the machine do its work.
package casemate.aws.ec2.template_no_credentials

data_ := input.facets.configuration.LaunchTemplateData

script := data_.UserData

compliant if {
	is_object(data_)
	not data_.UserData
}

compliant if {
	script.readable == true
	count(script.detected) == 0
}

deny contains {
	"message": sprintf("line %d holds what %s finds", [found.line, found.detector]),
	"evidence": {"line": found.line, "detector": found.detector},
} if {
	some found in script.detected
}
