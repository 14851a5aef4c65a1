# METADATA
# title: The host takes no logs from the network
# description: syslog over UDP believes every sender, so anybody can write into the logs or fill the disk.
# custom:
#   id: host.listener.syslog
#   kind: host
#   area: logging
#   needs: [listeners]
#   severity: low
#   attack: [T1565.001]
#   remediation:
#     text: Remove imudp and imtcp from rsyslog, or allow the clients alone.
package casemate.host.listener.syslog

import data.casemate.lib.listener

ports := {514}

processes := {"rsyslogd", "syslog-ng"}

found := listener.exposed(input.facets.listeners, ["udp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("a log receiver can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
