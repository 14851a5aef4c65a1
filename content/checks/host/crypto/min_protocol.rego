# METADATA
# title: OpenSSL speaks TLS 1.2 or newer
# description: >-
#   Older versions can be broken into by whoever stands between, and one side that still offers them is enough.
# custom:
#   id: host.crypto.min_protocol
#   kind: host
#   area: crypto
#   needs: [crypto_policy, packages]
#   severity: medium
#   attack: [T1557]
#   params:
#     minimum: {type: string, default: TLSv1.2, description: "oldest accepted version: TLSv1.2 or TLSv1.3"}
#   remediation:
#     text: Set MinProtocol = TLSv1.2 in the section of the system's defaults in openssl.cnf.
package casemate.host.crypto.min_protocol

facts := input.facets.crypto_policy

installed := input.facets.packages.installed

rank := {"none": 0, "sslv3": 1, "tlsv1": 2, "tlsv1.0": 2, "tlsv1.1": 3, "tlsv1.2": 4, "tlsv1.3": 5}

stated := facts.openssl_min_protocol

found := rank[lower(stated)] if {
	is_string(stated)
	is_object(installed)
}

# OpenSSL 3 does TLS 1.0 and 1.1 at security level 0 alone, so where nothing is stated it begins at 1.2.
found := 4 if {
	stated == null
	some name in ["libssl3", "libssl3t64", "openssl-libs"]
	installed[name]
	not level_zero
}

level_zero if {
	is_string(facts.openssl_cipher_string)
	contains(facts.openssl_cipher_string, "@SECLEVEL=0")
}

wanted := rank[lower(data.params.minimum)]

shown := stated if is_string(stated)

shown := "not set" if stated == null

compliant if found >= wanted

deny contains {"message": sprintf("MinProtocol is %s; wanted %s or newer", [shown, data.params.minimum]), "evidence": {"file": "/etc/ssl/openssl.cnf", "found": stated}} if found < wanted

deny contains {"message": sprintf("MinProtocol is not set; wanted %s or newer", [data.params.minimum]), "evidence": {"file": "/etc/ssl/openssl.cnf"}} if {
	stated == null
	is_object(installed)
	not found
}
