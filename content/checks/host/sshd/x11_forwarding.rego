# METADATA
# title: SSH forwards no X11 displays
# description: Through a forwarded display a hostile server can read the keys typed on the user's own desktop.
# custom:
#   id: host.sshd.x11_forwarding
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.1.8"]
#     disa_stig_ubuntu_22.04: [UBTU-22-255040]
#     disa_stig_ubuntu_24.04: [UBTU-24-300022]
#     ssg: [sshd_disable_x11_forwarding]
#   attack: [T1056.001]
#   remediation:
#     text: Set X11Forwarding to no.
#     command: printf 'X11Forwarding no\n' > /etc/ssh/sshd_config.d/10-casemate-x11-forwarding.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.x11_forwarding

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("x11forwarding", {"no"})

compliant if sshd.forwarding_disabled

deny contains {
	"message": sprintf("X11Forwarding is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("x11forwarding", {"no"})
	not sshd.forwarding_disabled
}
