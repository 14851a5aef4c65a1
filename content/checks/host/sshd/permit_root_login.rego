# METADATA
# title: Nobody logs in over SSH as root
# description: A root session names no person, so its deeds cannot be told apart from anybody else's. People log in as
#   themselves and raise their rights with sudo.
# custom:
#   id: host.sshd.permit_root_login
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.20"], anssi_bp_028: [R33], ssg: [sshd_disable_root_login]}
#   attack: [T1021.004, T1078.003]
#   remediation:
#     text: Set PermitRootLogin to no, in Match blocks too; first make sure that somebody else can use sudo.
#     command: printf 'PermitRootLogin no\n' > /etc/ssh/sshd_config.d/10-casemate-permit-root-login.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.permit_root_login

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("permitrootlogin", {"no"})

deny contains {
	"message": sprintf("PermitRootLogin is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("permitrootlogin", {"no"})
}
