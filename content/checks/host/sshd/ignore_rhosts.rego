# METADATA
# title: SSH ignores .rhosts and .shosts
# description: With these files a user decides alone which other machines need no password.
# custom:
#   id: host.sshd.ignore_rhosts
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.11"], ssg: [sshd_disable_rhosts]}
#   remediation:
#     text: Set IgnoreRhosts to yes.
#     command: printf 'IgnoreRhosts yes\n' > /etc/ssh/sshd_config.d/10-casemate-ignore-rhosts.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.ignore_rhosts

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("ignorerhosts", {"yes"})

deny contains {
	"message": sprintf("IgnoreRhosts is %s%s; wanted yes", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("ignorerhosts", {"yes"})
}
