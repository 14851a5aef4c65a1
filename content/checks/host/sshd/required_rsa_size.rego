# METADATA
# title: SSH refuses short RSA keys
# description: Users bring keys they made years ago; a 1024-bit RSA key can be factored by those who can afford it.
# custom:
#   id: host.sshd.required_rsa_size
#   kind: host.sshd
#   area: crypto
#   needs: [config]
#   severity: low
#   attack: [T1078]
#   params:
#     least: {type: int, default: 2048, description: least bits of an RSA key}
#   remediation:
#     text: Set RequiredRSASize to 2048 or more; OpenSSH 9.1 and later know it.
#     command: printf 'RequiredRSASize 2048\n' > /etc/ssh/sshd_config.d/10-casemate-required-rsa-size.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.required_rsa_size

import data.casemate.lib.sshd

applies if not sshd.removed

value := input.facets.config.effective.requiredrsasize

fits if sshd.number(value) >= data.params.least

compliant if fits

deny contains {
	"message": sprintf("RequiredRSASize is %s; wanted %d or more", [value, data.params.least]),
	"evidence": object.union({"value": value}, sshd.origin("requiredrsasize")),
} if {
	value
	not fits
}
