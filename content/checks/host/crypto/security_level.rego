# METADATA
# title: OpenSSL refuses short keys
# description: Level 2 turns away keys and signatures of less than 112 bits of strength, from both sides.
# custom:
#   id: host.crypto.security_level
#   kind: host
#   area: crypto
#   needs: [crypto_policy]
#   severity: medium
#   attack: [T1557]
#   params:
#     minimum: {type: int, default: 2, description: least security level}
#   remediation:
#     text: Set CipherString = DEFAULT@SECLEVEL=2.
package casemate.host.crypto.security_level

facts := input.facets.crypto_policy

level := to_number(regex.find_all_string_submatch_n(`@SECLEVEL=([0-9])`, facts.openssl_cipher_string, 1)[0][1]) if {
	is_string(facts.openssl_cipher_string)
	contains(facts.openssl_cipher_string, "@SECLEVEL=")
}

# Debian builds OpenSSL with level 2 as its own default.
level := 2 if facts.openssl_cipher_string == null

level := 2 if {
	is_string(facts.openssl_cipher_string)
	not contains(facts.openssl_cipher_string, "@SECLEVEL=")
}

compliant if level >= data.params.minimum

deny contains {"message": sprintf("the security level is %d; wanted %d or more", [level, data.params.minimum]), "evidence": {"file": "/etc/ssl/openssl.cnf", "found": facts.openssl_cipher_string}} if level < data.params.minimum
