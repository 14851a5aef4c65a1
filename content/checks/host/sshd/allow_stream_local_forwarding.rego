# METADATA
# title: SSH forwards no Unix sockets
# description: Sockets such as that of Docker or of a database trust whoever can open them; a forwarded one is
#   reachable from afar.
# custom:
#   id: host.sshd.allow_stream_local_forwarding
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   frameworks: {cis_debian_12: ["5.1.8"]}
#   attack: [T1572]
#   remediation:
#     text: Set AllowStreamLocalForwarding to no.
#     command: printf 'AllowStreamLocalForwarding no\n' > /etc/ssh/sshd_config.d/10-casemate-allow-stream-local-forwarding.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.allow_stream_local_forwarding

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("allowstreamlocalforwarding", {"no"})

compliant if sshd.forwarding_disabled

deny contains {
	"message": sprintf("AllowStreamLocalForwarding is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("allowstreamlocalforwarding", {"no"})
	not sshd.forwarding_disabled
}
