# METADATA
# title: SSH compresses nothing before login
# description: Compression before authentication hands a decompressor to everybody on the network.
# custom:
#   id: host.sshd.compression
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   remediation:
#     text: Set Compression to no or delayed.
#     command: printf 'Compression no\n' > /etc/ssh/sshd_config.d/10-casemate-compression.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.compression

import data.casemate.lib.sshd

compliant if sshd.only("compression", {"no", "delayed"})

deny contains {
	"message": sprintf("Compression is %s%s; wanted no or delayed", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("compression", {"no", "delayed"})
}
