# METADATA
# title: User data of the launch configuration hold no known form of credentials
# description: >-
#   Keys of AWS, tokens of services and private keys are known by their form, whatever the variable is
#   called.
# custom:
#   id: aws.autoscaling.configuration_no_credentials
#   kind: aws.autoscaling.launch_configuration
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
package casemate.aws.autoscaling.configuration_no_credentials

configuration := input.facets.configuration

script := configuration.UserData

compliant if {
	is_string(configuration.LaunchConfigurationName)
	not configuration.UserData
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
