# METADATA
# title: OpenSSL refuses short keys
# description: Level 2 turns away keys and signatures of less than 112 bits of strength, from both sides.
# custom:
#   id: host.crypto.security_level
#   kind: host
#   area: crypto
#   needs: [crypto_policy, packages]
#   severity: medium
#   attack: [T1557]
#   params:
#     minimum: {type: int, default: 2, description: least security level}
#   remediation:
#     text: Set CipherString = DEFAULT@SECLEVEL=2.
package casemate.host.crypto.security_level

import data.casemate.lib.packages

facts := input.facets.crypto_policy

level := to_number(regex.find_all_string_submatch_n(`@SECLEVEL=([0-9])`, facts.openssl_cipher_string, 1)[0][1]) if {
	is_string(facts.openssl_cipher_string)
	contains(facts.openssl_cipher_string, "@SECLEVEL=")
}

# Debian builds OpenSSL with level 2 as its own default.
level := built_in if facts.openssl_cipher_string == null

level := built_in if {
	is_string(facts.openssl_cipher_string)
	not contains(facts.openssl_cipher_string, "@SECLEVEL=")
}

# What the library does untold: Debian, Ubuntu and RHEL build it with 2, OpenSSL itself does from 3.2 on.
built_in := 2 if {
	packages.installed
	input.facets.packages.manager in {"dpkg", "rpm"}
	count(packages.present({"libssl3", "libssl3t64", "openssl-libs"})) > 0
}

built_in := 2 if {
	input.facets.packages.manager == "apk"
	regex.match(`^3\.([2-9]|[1-9][0-9])\.|^[4-9]\.`, packages.installed.libssl3.version)
}

built_in := 1 if {
	input.facets.packages.manager == "apk"
	some library in ["libssl3", "libssl1.1"]
	regex.match(`^(1|3\.[01])\.`, packages.installed[library].version)
}

applies if not absent

absent if packages.none(openssl)

openssl := {"libssl3", "libssl3t64", "libssl1.1", "libssl1.0.2", "openssl-libs", "openssl", "libopenssl3", "libopenssl1_1"}

compliant if {
	packages.some_of(openssl)
	level >= data.params.minimum
}

deny contains {"message": sprintf("the security level is %d; wanted %d or more", [level, data.params.minimum]), "evidence": {"file": "/etc/ssl/openssl.cnf", "found": facts.openssl_cipher_string}} if level < data.params.minimum
