# METADATA
# title: SSH offers only ciphers that FIPS 140 approves
# description: Federal and some regulated systems may use validated AES modes only; ChaCha20 is sound, but not on that
#   list.
# custom:
#   id: host.sshd.fips_ciphers
#   kind: host.sshd
#   area: crypto
#   needs: [config]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-255050]
#     disa_stig_ubuntu_24.04: [UBTU-24-100820]
#     ssg: [sshd_use_approved_ciphers_ordered_stig]
#   params:
#     approved: {type: list, default: [aes256-ctr, aes256-gcm@openssh.com, aes192-ctr, aes128-ctr, aes128-gcm@openssh.com], description: algorithms that may be offered}
#   remediation:
#     text: Set Ciphers to AES in CTR and GCM mode.
#     command: printf 'Ciphers aes256-ctr,aes256-gcm@openssh.com,aes192-ctr,aes128-ctr,aes128-gcm@openssh.com\n' > /etc/ssh/sshd_config.d/10-casemate-fips-ciphers.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.fips_ciphers

import data.casemate.lib.sshd

applies if not sshd.removed

others := {name |
	some name in sshd.algorithms("ciphers")
	not name in data.params.approved
}

compliant if {
	count(sshd.algorithms("ciphers")) > 0
	count(others) == 0
}

deny contains {
	"message": sprintf("Ciphers allows what is not approved: %s", [concat(", ", sort(others))]),
	"evidence": object.union({"not_approved": others}, sshd.origin("ciphers")),
} if {
	count(others) > 0
}
