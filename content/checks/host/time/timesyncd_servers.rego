# METADATA
# title: timesyncd has servers of the site's choice
# description: With none set, timesyncd asks servers of the distribution, reached over whatever way the network offers.
# custom:
#   id: host.time.timesyncd_servers
#   kind: host
#   area: time
#   needs: [time_sync]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.3.2.1"]
#     ssg: [service_timesyncd_configured]
#   params:
#     servers: {type: list, default: [], description: "the only servers that are accepted; empty accepts all"}
#   remediation:
#     text: Set NTP= in timesyncd.conf.
#     command: "mkdir -p /etc/systemd/timesyncd.conf.d && printf '[Time]\\nNTP=0.debian.pool.ntp.org 1.debian.pool.ntp.org\\nFallbackNTP=2.debian.pool.ntp.org 3.debian.pool.ntp.org\\n' > /etc/systemd/timesyncd.conf.d/60-casemate.conf && systemctl restart systemd-timesyncd.service"
package casemate.host.time.timesyncd_servers

facts := input.facets.time_sync

applies if {
	"systemd-timesyncd" in facts.installed
	not "chrony" in facts.installed
}

servers := facts.timesyncd_servers

allowed(server) if count(data.params.servers) == 0

allowed(server) if server in {name | some name in data.params.servers}

foreign := [server | some server in servers; not allowed(server)] if is_array(servers)

compliant if {
	count(servers) > 0
	count(foreign) == 0
}

deny contains {"message": "timesyncd has no NTP= and no FallbackNTP=", "evidence": {"file": "/etc/systemd/timesyncd.conf"}} if count(servers) == 0

deny contains {"message": sprintf("%s is not one of the site's time servers", [server]), "evidence": {"server": server}} if some server in foreign
