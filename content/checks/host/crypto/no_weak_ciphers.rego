# METADATA
# title: OpenSSL's defaults let in no broken cipher
# description: A list that brings back RC4, 3DES, export or empty ciphers brings back the attacks on them.
# custom:
#   id: host.crypto.no_weak_ciphers
#   kind: host
#   area: crypto
#   needs: [crypto_policy, packages]
#   severity: medium
#   attack: [T1557]
#   remediation:
#     text: Remove the names from CipherString.
package casemate.host.crypto.no_weak_ciphers

import data.casemate.lib.packages

facts := input.facets.crypto_policy

words := {upper(word) | some word in regex.split(`[:, ]+`, facts.openssl_cipher_string)} if is_string(facts.openssl_cipher_string)

words := set() if facts.openssl_cipher_string == null

weak := {"RC4", "3DES", "DES", "EXPORT", "EXP", "NULL", "ENULL", "ANULL", "LOW", "MD5", "COMPLEMENTOFALL", "COMPLEMENTOFDEFAULT", "ADH", "AECDH"}

# `!RC4` and `-RC4` take away; a bare or `+`-joined name brings in.
bad := [word |
	some word in words
	not startswith(word, "!")
	not startswith(word, "-")
	some part in split(regex.replace(word, `@.*$`, ""), "+")
	part in weak
]

applies if not absent

absent if packages.none(openssl)

openssl := {"libssl3", "libssl3t64", "libssl1.1", "libssl1.0.2", "openssl-libs", "openssl", "libopenssl3", "libopenssl1_1"}

compliant if {
	packages.some_of(openssl)
	is_set(words)
	count(bad) == 0
}

deny contains {"message": sprintf("CipherString lets in %s", [word]), "evidence": {"file": "/etc/ssl/openssl.cnf", "found": facts.openssl_cipher_string}} if some word in bad
