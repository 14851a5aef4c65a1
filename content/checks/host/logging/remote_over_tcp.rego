# METADATA
# title: Logs sent by rsyslog do not go over UDP
# description: UDP loses messages without a word and lets anybody forge their sender.
# custom:
#   id: host.logging.remote_over_tcp
#   kind: host
#   area: logging
#   needs: [logging]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R71]
#   attack: [T1040]
#   remediation:
#     text: Write the target with two at signs, better with TLS (omfwd with StreamDriver="ossl").
package casemate.host.logging.remote_over_tcp

targets := input.facets.logging.rsyslog_remote

applies if count(targets) > 0

plain := [target |
	some target in targets
	startswith(target, "@")
	not startswith(target, "@@")
]

compliant if {
	count(targets) > 0
	count(plain) == 0
}

deny contains {"message": sprintf("%s goes over UDP; wanted @@", [target]), "evidence": {"target": target}} if some target in plain
