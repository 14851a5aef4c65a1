# METADATA
# title: Containers of the image do not run as root
# description: >-
#   Whoever takes over a process of root in a container needs one more hole to be root of the host, and none to
#   change everything in the container.
# custom:
#   id: image.config.user_not_root
#   kind: image
#   area: image
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_docker: ["4.1"]
#   attack: [T1611, T1068]
#   remediation:
#     text: >-
#       Create a user in the build and name it by number, which Kubernetes can check: `USER 10001`.
package casemate.image.config.user_not_root

config := input.facets.config

compliant if config.root == false

how := "no USER is set" if config.user == ""

how := sprintf("USER is %s", [config.user]) if config.user != ""

deny contains {
	"message": sprintf("runs as root: %s", [how]),
	"evidence": {"user": config.user},
} if {
	config.root == true
}
