# METADATA
# title: The key of a certificate is long enough
# description: Short keys can be found by computing; then anybody can be this server.
# custom:
#   id: host.certificate.weak_key
#   kind: host.certificate
#   area: crypto
#   needs: [certificate]
#   severity: high
#   attack: [T1557]
#   params:
#     rsa: {type: int, default: 2048, description: least bits of an RSA key}
#     ec: {type: int, default: 256, description: least bits of a curve}
#   remediation:
#     text: Make a new key (P-256, Ed25519, or RSA of 3072 bits) and a new certificate.
package casemate.host.certificate.weak_key

certificate := input.facets.certificate

least("rsa") := data.params.rsa

least("ec") := data.params.ec

least("ed25519") := 0

compliant if certificate.key_bits >= least(certificate.key_algorithm)

deny contains {"message": sprintf("the %s key of %s has %d bits; wanted %d or more", [certificate.key_algorithm, certificate.subject, certificate.key_bits, least(certificate.key_algorithm)]), "evidence": {"path": certificate.path, "index": certificate.index, "key_bits": certificate.key_bits}} if {
	certificate.key_bits > 0
	certificate.key_bits < least(certificate.key_algorithm)
}
