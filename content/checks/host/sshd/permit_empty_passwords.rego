# METADATA
# title: SSH refuses accounts without a password
# description: With this setting on, an account whose password is empty is open to the whole network.
# custom:
#   id: host.sshd.permit_empty_passwords
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: high
#   frameworks:
#     cis_debian_12: ["5.1.19"]
#     disa_stig_ubuntu_22.04: [UBTU-22-255025]
#     disa_stig_ubuntu_24.04: [UBTU-24-300031]
#     ssg: [sshd_disable_empty_passwords]
#   attack: [T1078, T1021.004]
#   remediation:
#     text: Set PermitEmptyPasswords to no.
#     command: printf 'PermitEmptyPasswords no\n' > /etc/ssh/sshd_config.d/10-casemate-permit-empty-passwords.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.permit_empty_passwords

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("permitemptypasswords", {"no"})

deny contains {
	"message": sprintf("PermitEmptyPasswords is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("permitemptypasswords", {"no"})
}
