# METADATA
# title: Commands run in containers of an ECS cluster are logged
# description: >-
#   ECS Exec gives a shell in a container; with logging NONE nobody knows what was typed there.
# custom:
#   id: aws.ecs.exec_logged
#   kind: aws.ecs.cluster
#   area: logging
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   attack: [T1609]
#   remediation:
#     text: >-
#       Set logging to OVERRIDE with a log group or bucket of your own, or to DEFAULT.
package casemate.aws.ecs.exec_logged

configuration := input.facets.configuration

logging := object.get(configuration, ["configuration", "executeCommandConfiguration", "logging"], "DEFAULT")

compliant if {
	is_string(configuration.clusterArn)
	logging in {"DEFAULT", "OVERRIDE"}
}

deny contains {"message": "commands run in containers are not logged", "evidence": {"logging": logging}} if logging == "NONE"
