# METADATA
# title: SSH accepts public keys
# description: Without keys, passwords are the only way in, and those can be guessed and replayed.
# custom:
#   id: host.sshd.pubkey_authentication
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-612020]
#     disa_stig_ubuntu_24.04: [UBTU-24-400030]
#     ssg: [sshd_enable_pubkey_auth]
#   remediation:
#     text: Set PubkeyAuthentication to yes.
#     command: printf 'PubkeyAuthentication yes\n' > /etc/ssh/sshd_config.d/10-casemate-pubkey-authentication.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.pubkey_authentication

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("pubkeyauthentication", {"yes"})

deny contains {
	"message": sprintf("PubkeyAuthentication is %s%s; wanted yes", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("pubkeyauthentication", {"yes"})
}
