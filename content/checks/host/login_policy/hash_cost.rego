# METADATA
# title: login.defs asks for enough work in hashing
# description: The default of 5,000 rounds dates from 2007; graphics cards have become a thousand times faster since.
# custom:
#   id: host.login_policy.hash_cost
#   kind: host
#   area: crypto
#   needs: [login_policy]
#   severity: low
#   frameworks: {anssi_bp_028: [R68]}
#   attack: [T1110.002]
#   params:
#     yescrypt: {type: int, default: 5, description: least cost factor of yescrypt}
#     sha: {type: int, default: 65536, description: least rounds of SHA-256 and SHA-512}
#     bcrypt: {type: int, default: 10, description: "least rounds of bcrypt, as a power of two"}
#   remediation:
#     text: Set YESCRYPT_COST_FACTOR to 5 or more, or SHA_CRYPT_MIN_ROUNDS to 65536 or more.
package casemate.host.login_policy.hash_cost

import data.casemate.lib.accounts

defs := input.facets.login_policy.login_defs

method := upper(defs.ENCRYPT_METHOD)

# The setting that counts, what is built in, and the least that is accepted.
rule := {"name": "YESCRYPT_COST_FACTOR", "default": "5", "least": data.params.yescrypt} if method == "YESCRYPT"

rule := {"name": "SHA_CRYPT_MIN_ROUNDS", "default": "5000", "least": data.params.sha} if method in {"SHA256", "SHA512"}

rule := {"name": "BCRYPT_MIN_ROUNDS", "default": "13", "least": data.params.bcrypt} if method == "BCRYPT"

value := object.get(defs, rule.name, rule["default"])

fits if accounts.integer(value) >= rule.least

compliant if fits

deny contains {
	"message": sprintf("%s is %s; wanted %d or more", [rule.name, value, rule.least]),
	"evidence": {"ENCRYPT_METHOD": method, rule.name: value},
} if {
	value
	not fits
}

deny contains {
	"message": "ENCRYPT_METHOD has no adjustable work",
	"evidence": {"ENCRYPT_METHOD": object.get(defs, "ENCRYPT_METHOD", null)},
} if {
	defs
	not rule
}
