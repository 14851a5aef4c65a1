# METADATA
# title: SSH does not check passwords against Kerberos by itself
# description: Typed passwords would go through the daemon's own Kerberos code rather than through PAM with its
#   lockout and logging.
# custom:
#   id: host.sshd.kerberos_authentication
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   remediation:
#     text: Set KerberosAuthentication to no.
#     command: printf 'KerberosAuthentication no\n' > /etc/ssh/sshd_config.d/10-casemate-kerberos-authentication.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.kerberos_authentication

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("kerberosauthentication", {"no"})

deny contains {
	"message": sprintf("KerberosAuthentication is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("kerberosauthentication", {"no"})
}
