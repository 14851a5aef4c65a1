# METADATA
# title: A certificate is not signed with a broken hash
# description: With MD5 and SHA-1 a second certificate with the same signature can be made.
# custom:
#   id: host.certificate.weak_signature
#   kind: host.certificate
#   area: crypto
#   needs: [certificate]
#   severity: high
#   attack: [T1557]
#   remediation:
#     text: Have the certificate issued again; every authority signs with SHA-256 today.
package casemate.host.certificate.weak_signature

certificate := input.facets.certificate

# Nobody checks the signature of a root by itself.
applies if not own_root

own_root if {
	certificate.self_signed == true
	certificate.ca == true
}

algorithm := lower(certificate.signature_algorithm)

weak if {
	some word in ["md2", "md4", "md5", "sha1", "sha-1"]
	contains(algorithm, word)
}

# The same by their OIDs: md2, md5 and sha1 with RSA, sha1 with DSA and ECDSA.
weak if algorithm in {"1.2.840.113549.1.1.2", "1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10040.4.3", "1.2.840.10045.4.1"}

strong if {
	some word in ["sha224", "sha256", "sha384", "sha512", "sha3", "ed25519", "ed448", "rsassapss", "rsassa-pss"]
	contains(algorithm, word)
}

strong if algorithm in {"1.3.101.112", "1.3.101.113", "1.2.840.113549.1.1.10"}

compliant if {
	strong
	not weak
}

deny contains {"message": sprintf("%s is signed with %s", [certificate.subject, certificate.signature_algorithm]), "evidence": {"path": certificate.path, "index": certificate.index}} if weak
