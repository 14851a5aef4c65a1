# METADATA
# title: The image says how to ask whether it is healthy
# description: >-
#   Without it the engine takes a process that hangs for one that works. Kubernetes has probes of its own and does
#   not read this; exempt images that run only there.
# custom:
#   id: image.config.healthcheck
#   kind: image
#   area: image
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker: ["4.6"]
#   remediation:
#     text: >-
#       Add a HEALTHCHECK that asks the service itself, as `HEALTHCHECK CMD ["/app", "--health"]`.
package casemate.image.config.healthcheck

config := input.facets.config

compliant if config.healthcheck.test[0] in {"CMD", "CMD-SHELL"}

deny contains {"message": "no HEALTHCHECK is set", "evidence": {"healthcheck": null}} if config.healthcheck == null

deny contains {
	"message": "HEALTHCHECK is switched off",
	"evidence": {"healthcheck": config.healthcheck},
} if {
	config.healthcheck.test[0] == "NONE"
}
