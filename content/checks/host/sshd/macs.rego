# METADATA
# title: SSH offers no weak message authentication codes
# description: MD5, SHA-1 and 64-bit tags fall short of what an attacker with time can do; the built-in list of Debian
#   12 still has SHA-1 and umac-64.
# custom:
#   id: host.sshd.macs
#   kind: host.sshd
#   area: crypto
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.15"], ssg: [sshd_use_strong_macs]}
#   attack: [T1557]
#   params:
#     weak: {type: list, default: ["hmac-md5*", "hmac-ripemd160*", "hmac-sha1*", "umac-64*"], description: "names of algorithms that are refused; * stands for any text"}
#   remediation:
#     text: Set MACs to the SHA-2 ones and umac-128.
#     command: printf 'MACs hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com,umac-128-etm@openssh.com,hmac-sha2-512,hmac-sha2-256\n' > /etc/ssh/sshd_config.d/10-casemate-macs.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.macs

import data.casemate.lib.sshd

applies if not sshd.removed

weak := sshd.matching("macs", data.params.weak)

compliant if sshd.free_of("macs", data.params.weak)

deny contains {
	"message": sprintf("MACs allows %s", [concat(", ", sort(weak))]),
	"evidence": object.union({"weak": weak}, sshd.origin("macs")),
} if {
	count(weak) > 0
}
