# METADATA
# title: SSH offers no weak ciphers
# description: CBC modes leak plaintext to an attacker on the path, and RC4 and 3DES are broken or worn out.
# custom:
#   id: host.sshd.ciphers
#   kind: host.sshd
#   area: crypto
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.6"], ssg: [sshd_use_strong_ciphers]}
#   attack: [T1557, T1040]
#   params:
#     weak: {type: list, default: ["*-cbc", "*-cbc@*", "arcfour*", none], description: "names of algorithms that are refused; * stands for any text"}
#   remediation:
#     text: Set Ciphers to chacha20-poly1305, AES-GCM and AES-CTR only.
#     command: printf 'Ciphers chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr\n' > /etc/ssh/sshd_config.d/10-casemate-ciphers.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.ciphers

import data.casemate.lib.sshd

applies if not sshd.removed

weak := sshd.matching("ciphers", data.params.weak)

compliant if sshd.free_of("ciphers", data.params.weak)

deny contains {
	"message": sprintf("Ciphers allows %s", [concat(", ", sort(weak))]),
	"evidence": object.union({"weak": weak}, sshd.origin("ciphers")),
} if {
	count(weak) > 0
}
