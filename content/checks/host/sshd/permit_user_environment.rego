# METADATA
# title: Users cannot set environment variables for their SSH sessions
# description: Variables such as LD_PRELOAD from ~/.ssh/environment slip past restrictions put on a key or a shell.
# custom:
#   id: host.sshd.permit_user_environment
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.1.21"]
#     disa_stig_ubuntu_22.04: [UBTU-22-255025]
#     disa_stig_ubuntu_24.04: [UBTU-24-300031]
#     ssg: [sshd_do_not_permit_user_env]
#   attack: [T1574.006]
#   remediation:
#     text: Set PermitUserEnvironment to no.
#     command: printf 'PermitUserEnvironment no\n' > /etc/ssh/sshd_config.d/10-casemate-permit-user-environment.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.permit_user_environment

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("permituserenvironment", {"no"})

deny contains {
	"message": sprintf("PermitUserEnvironment is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("permituserenvironment", {"no"})
}
