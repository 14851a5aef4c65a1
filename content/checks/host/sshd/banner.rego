# METADATA
# title: SSH shows a notice before login
# description: Whoever was told that the system is private and watched cannot claim otherwise; some laws ask for it.
# custom:
#   id: host.sshd.banner
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_debian_12: ["5.1.5"]
#     disa_stig_ubuntu_22.04: [UBTU-22-255020]
#     disa_stig_ubuntu_24.04: [UBTU-24-200640]
#     ssg: [sshd_enable_warning_banner_net]
#   remediation:
#     text: Write a notice to /etc/issue.net and set Banner to that path.
#     command: printf 'Banner /etc/issue.net\n' > /etc/ssh/sshd_config.d/10-casemate-banner.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.banner

import data.casemate.lib.sshd

applies if not sshd.removed

missing := [v | some v in sshd.possible("banner"); not startswith(v.value, "/")]

compliant if {
	count(sshd.possible("banner")) > 0
	count(missing) == 0
}

deny contains {
	"message": sprintf("Banner is %s%s; wanted the path of a file", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in missing
}
