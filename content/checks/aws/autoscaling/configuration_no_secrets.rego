# METADATA
# title: User data of the launch configuration hold no secrets
# description: >-
#   Everybody who may describe it reads its user data, and so does each machine that is started from it.
# custom:
#   id: aws.autoscaling.configuration_no_secrets
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
#       Keep the secret in Secrets Manager or Parameter Store, let the role read it, and replace the secret:
#       it was seen.
package casemate.aws.autoscaling.configuration_no_secrets

import data.casemate.lib.aws.environment

configuration := input.facets.configuration

script := configuration.UserData

bad := [assignment |
	some assignment in script.assignments
	environment.secretish(assignment.name)
	assignment.form == "literal"
]

compliant if {
	is_string(configuration.LaunchConfigurationName)
	not configuration.UserData
}

compliant if {
	script.readable == true
	count(bad) == 0
}

deny contains {
	"message": sprintf("line %d assigns a literal to %s", [assignment.line, assignment.name]),
	"evidence": {"line": assignment.line, "name": assignment.name},
} if {
	some assignment in bad
}
