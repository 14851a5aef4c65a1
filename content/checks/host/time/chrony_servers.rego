# METADATA
# title: chrony has servers to ask
# description: chrony without a server keeps the time of the quartz, and without a word.
# custom:
#   id: host.time.chrony_servers
#   kind: host
#   area: time
#   needs: [time_sync]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.3.3.1"]
#     anssi_bp_028: [R71]
#     disa_stig_ubuntu_24.04: [UBTU-24-600160]
#     ssg: [chronyd_configure_pool_and_server, chronyd_server_directive, chronyd_specify_remote_server]
#   params:
#     minimum: {type: int, default: 1, description: least number of server and pool lines}
#   remediation:
#     text: Add a pool or server line.
#     command: "mkdir -p /etc/chrony/sources.d && printf 'pool 2.debian.pool.ntp.org iburst\\n' > /etc/chrony/sources.d/casemate.sources && chronyc reload sources"
package casemate.host.time.chrony_servers

facts := input.facets.time_sync

applies if "chrony" in facts.installed

servers := facts.chrony_servers

compliant if {
	"chrony" in facts.installed
	count(servers) >= data.params.minimum
}

deny contains {"message": sprintf("chrony has %d server or pool lines; wanted %d or more", [count(servers), data.params.minimum]), "evidence": {"found": servers}} if {
	count(servers) < data.params.minimum
}
