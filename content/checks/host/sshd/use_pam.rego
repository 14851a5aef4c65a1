# METADATA
# title: SSH sessions go through PAM
# description: Account locks, password expiry, limits and session records live in PAM; without it SSH passes them by.
# custom:
#   id: host.sshd.use_pam
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.1.22"]
#     disa_stig_ubuntu_22.04: [UBTU-22-255065]
#     disa_stig_ubuntu_24.04: [UBTU-24-500050]
#     ssg: [sshd_enable_pam]
#   remediation:
#     text: Set UsePAM to yes.
#     command: printf 'UsePAM yes\n' > /etc/ssh/sshd_config.d/10-casemate-use-pam.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.use_pam

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("usepam", {"yes"})

deny contains {
	"message": sprintf("UsePAM is %s%s; wanted yes", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("usepam", {"yes"})
}
