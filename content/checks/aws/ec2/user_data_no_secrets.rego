# METADATA
# title: User data of the instance hold no secrets
# description: >-
#   User data are shown to every program on the machine and to everybody who may describe it.
# custom:
#   id: aws.ec2.user_data_no_secrets
#   kind: aws.ec2.instance
#   area: secrets
#   needs: [user_data]
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
package casemate.aws.ec2.user_data_no_secrets

import data.casemate.lib.aws.environment

facet := input.facets.user_data

script := facet.UserData.Value

bad := [assignment |
	some assignment in script.assignments
	environment.secretish(assignment.name)
	assignment.form == "literal"
]

# There are none.
compliant if {
	is_object(facet.UserData)
	not facet.UserData.Value
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
