# METADATA
# title: SSH offers only authentication codes that FIPS 140 approves
# description: UMAC is fast and sound, but systems bound to validated cryptography may use HMAC over SHA-2 only.
# custom:
#   id: host.sshd.fips_macs
#   kind: host.sshd
#   area: crypto
#   needs: [config]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-255055]
#     disa_stig_ubuntu_24.04: [UBTU-24-100830]
#     ssg: [sshd_use_approved_macs_ordered_stig]
#   params:
#     approved: {type: list, default: [hmac-sha2-512-etm@openssh.com, hmac-sha2-512, hmac-sha2-256-etm@openssh.com, hmac-sha2-256], description: algorithms that may be offered}
#   remediation:
#     text: Set MACs to HMAC over SHA-2.
#     command: printf 'MACs hmac-sha2-512-etm@openssh.com,hmac-sha2-512,hmac-sha2-256-etm@openssh.com,hmac-sha2-256\n' > /etc/ssh/sshd_config.d/10-casemate-fips-macs.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.fips_macs

import data.casemate.lib.sshd

applies if not sshd.removed

others := {name |
	some name in sshd.algorithms("macs")
	not name in data.params.approved
}

compliant if {
	count(sshd.algorithms("macs")) > 0
	count(others) == 0
}

deny contains {
	"message": sprintf("MACs allows what is not approved: %s", [concat(", ", sort(others))]),
	"evidence": object.union({"not_approved": others}, sshd.origin("macs")),
} if {
	count(others) > 0
}
