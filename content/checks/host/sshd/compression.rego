# METADATA
# title: SSH does not compress
# description: The size of compressed data tells something about its content to those who watch the line, and the
#   decompressor is one more piece of code for clients to attack.
# custom:
#   id: host.sshd.compression
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   remediation:
#     text: Set Compression to no.
#     command: printf 'Compression no\n' > /etc/ssh/sshd_config.d/10-casemate-compression.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.compression

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("compression", {"no"})

deny contains {
	"message": sprintf("Compression is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("compression", {"no"})
}
