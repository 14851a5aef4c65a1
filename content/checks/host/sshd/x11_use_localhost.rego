# METADATA
# title: Forwarded X11 displays listen on the loopback address
# description: On any other address the forwarded display of a user is open to the network.
# custom:
#   id: host.sshd.x11_use_localhost
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-255045]
#     disa_stig_ubuntu_24.04: [UBTU-24-300023]
#     ssg: [sshd_x11_use_localhost]
#   remediation:
#     text: Set X11UseLocalhost to yes.
#     command: printf 'X11UseLocalhost yes\n' > /etc/ssh/sshd_config.d/10-casemate-x11-use-localhost.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.x11_use_localhost

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("x11uselocalhost", {"yes"})

deny contains {
	"message": sprintf("X11UseLocalhost is %s%s; wanted yes", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("x11uselocalhost", {"yes"})
}
