# METADATA
# title: Host-based trust does not rest on files of users
# description: Where host-based authentication is on, a key in a user's own known_hosts file would vouch for a
#   machine.
# custom:
#   id: host.sshd.ignore_user_known_hosts
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   remediation:
#     text: Set IgnoreUserKnownHosts to yes, or HostbasedAuthentication to no.
#     command: printf 'IgnoreUserKnownHosts yes\n' > /etc/ssh/sshd_config.d/10-casemate-ignore-user-known-hosts.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.ignore_user_known_hosts

import data.casemate.lib.sshd

applies if not sshd.removed

hostbased_off if sshd.only("hostbasedauthentication", {"no"})

compliant if hostbased_off

compliant if sshd.only("ignoreuserknownhosts", {"yes"})

deny contains {
	"message": sprintf("IgnoreUserKnownHosts is %s%s while host-based authentication is on", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("ignoreuserknownhosts", {"yes"})
	count(sshd.outside("hostbasedauthentication", {"no"})) > 0
}
