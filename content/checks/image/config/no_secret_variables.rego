# METADATA
# title: No variable of the image holds a secret
# description: >-
#   Whoever can pull the image reads its variables, and so does every process of the container; they also end in
#   logs and crash reports.
# custom:
#   id: image.config.no_secret_variables
#   kind: image
#   area: image
#   needs: [config]
#   severity: high
#   frameworks:
#     cis_docker: ["4.10"]
#   attack: [T1552.007]
#   remediation:
#     text: >-
#       Give it when the container runs (a secret of the orchestrator, a file), build anew, and replace the secret:
#       it is in every copy of the image.
package casemate.image.config.no_secret_variables

config := input.facets.config

bad := [variable.name | some variable in config.env; variable.secret_like == true; variable.set == true]

compliant if {
	is_array(config.env)
	every variable in config.env { is_boolean(variable.secret_like) }
	count(bad) == 0
}

deny contains {
	"message": sprintf("the variable %s holds what looks like a secret", [name]),
	"evidence": {"variable": name},
} if {
	some name in bad
}
