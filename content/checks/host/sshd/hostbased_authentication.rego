# METADATA
# title: SSH does not trust a client because of its host
# description: Host-based trust passes one compromised machine on to every other that trusts it.
# custom:
#   id: host.sshd.hostbased_authentication
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: high
#   frameworks: {cis_debian_12: ["5.1.10"], ssg: [disable_host_auth]}
#   attack: [T1021.004]
#   remediation:
#     text: Set HostbasedAuthentication to no.
#     command: printf 'HostbasedAuthentication no\n' > /etc/ssh/sshd_config.d/10-casemate-hostbased-authentication.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.hostbased_authentication

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("hostbasedauthentication", {"no"})

deny contains {
	"message": sprintf("HostbasedAuthentication is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("hostbasedauthentication", {"no"})
}
