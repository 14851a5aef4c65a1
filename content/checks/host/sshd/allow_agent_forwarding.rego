# METADATA
# title: SSH forwards no key agents
# description: Whoever is root on this machine can use a forwarded agent to log in elsewhere as its owner.
# custom:
#   id: host.sshd.allow_agent_forwarding
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   frameworks: {cis_debian_12: ["5.1.8"]}
#   attack: [T1563.001]
#   remediation:
#     text: Set AllowAgentForwarding to no; ProxyJump does the same work without lending keys.
#     command: printf 'AllowAgentForwarding no\n' > /etc/ssh/sshd_config.d/10-casemate-allow-agent-forwarding.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.allow_agent_forwarding

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("allowagentforwarding", {"no"})

compliant if sshd.forwarding_disabled

deny contains {
	"message": sprintf("AllowAgentForwarding is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("allowagentforwarding", {"no"})
	not sshd.forwarding_disabled
}
