# METADATA
# title: SSH drops strangers when too many connect at once
# description: Connections that have not logged in are dropped at random from a first limit on, and all from a last
#   one; without limits a flood locks the administrators out.
# custom:
#   id: host.sshd.max_startups
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.18"], ssg: [sshd_set_maxstartups]}
#   attack: [T1499, T1110]
#   params:
#     start: {type: int, default: 10, description: most connections before any is dropped}
#     rate: {type: int, default: 30, description: least percentage that is dropped from then on}
#     full: {type: int, default: 60, description: most connections at all}
#   remediation:
#     text: Set MaxStartups to 10:30:60 or stricter.
#     command: printf 'MaxStartups 10:30:60\n' > /etc/ssh/sshd_config.d/10-casemate-max-startups.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.max_startups

import data.casemate.lib.sshd

applies if not sshd.removed

value := input.facets.config.effective.maxstartups

three := [to_number(part) | some part in split(value, ":")] if {
	regex.match(`^[0-9]{1,9}:[0-9]{1,9}:[0-9]{1,9}$`, value)
}

compliant if {
	three[0] <= data.params.start
	three[1] >= data.params.rate
	three[2] <= data.params.full
}

# One number alone: all from that many on are dropped.
compliant if {
	regex.match(`^[0-9]{1,9}$`, value)
	to_number(value) <= data.params.start
}

deny contains {
	"message": sprintf(
		"MaxStartups is %s; wanted %d:%d:%d or stricter",
		[value, data.params.start, data.params.rate, data.params.full],
	),
	"evidence": object.union({"value": value}, sshd.origin("maxstartups")),
} if {
	not compliant
}
