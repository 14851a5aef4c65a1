# METADATA
# title: User data of the launch template hold no secrets
# description: >-
#   Everybody who may describe the template reads its user data, and so does each machine that is started from
#   it.
# custom:
#   id: aws.ec2.template_no_secrets
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
#       Keep the secret in Secrets Manager or Parameter Store, let the role read it, and replace the secret:
#       it was seen.
#     command: aws ec2 create-launch-template-version --launch-template-id TEMPLATE --source-version 1 --launch-template-data JSON
package casemate.aws.ec2.template_no_secrets

import data.casemate.lib.aws.environment

data_ := input.facets.configuration.LaunchTemplateData

script := data_.UserData

bad := [assignment |
	some assignment in script.assignments
	environment.secretish(assignment.name)
	assignment.form == "literal"
]

compliant if {
	is_object(data_)
	not data_.UserData
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
