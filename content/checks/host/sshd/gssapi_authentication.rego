# METADATA
# title: SSH does not offer GSSAPI
# description: Where no Kerberos realm is used, GSSAPI only adds code that strangers can reach before they have logged
#   in.
# custom:
#   id: host.sshd.gssapi_authentication
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   frameworks: {cis_debian_12: ["5.1.9"], ssg: [sshd_disable_gssapi_auth]}
#   remediation:
#     text: Set GSSAPIAuthentication to no, unless users log in with Kerberos.
#     command: printf 'GSSAPIAuthentication no\n' > /etc/ssh/sshd_config.d/10-casemate-gssapi-authentication.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.gssapi_authentication

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("gssapiauthentication", {"no"})

deny contains {
	"message": sprintf("GSSAPIAuthentication is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("gssapiauthentication", {"no"})
}
