# METADATA
# title: rsyslog takes no messages from the network
# description: Strangers could write into the logs, or fill the disk with them.
# custom:
#   id: host.logging.rsyslog_receives_nothing
#   kind: host
#   area: logging
#   needs: [logging]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.3.7"]
#     ssg: [rsyslog_nolisten]
#   attack: [T1565.001]
#   remediation:
#     text: Comment out the inputs imudp and imtcp.
#     command: "sed -i -E '/(imudp|imtcp|InputTCPServerRun|UDPServerRun)/s/^[[:space:]]*([^#])/#\\1/' /etc/rsyslog.conf /etc/rsyslog.d/*.conf && systemctl restart rsyslog.service"
package casemate.host.logging.rsyslog_receives_nothing

facts := input.facets.logging

applies if facts.rsyslog_present == true

compliant if {
	facts.rsyslog_present == true
	count(facts.rsyslog_listens) == 0
}

deny contains {"message": sprintf("rsyslog listens: %s", [entry]), "evidence": {"input": entry}} if some entry in facts.rsyslog_listens
