# METADATA
# title: Hashing a new password takes enough work
# description: Each doubling of the work halves what a thief can guess in a day.
# custom:
#   id: host.pam.unix_rounds
#   kind: host
#   area: crypto
#   needs: [pam, login_policy]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R68]
#     disa_stig_ubuntu_22.04: [UBTU-22-611055]
#     disa_stig_ubuntu_24.04: [UBTU-24-400220]
#     ssg: [accounts_password_pam_unix_rounds_system_auth, accounts_password_pam_unix_rounds_password_auth]
#   attack: [T1110.002]
#   params:
#     yescrypt: {type: int, default: 5, description: "least cost factor of yescrypt, 1 to 11"}
#     sha: {type: int, default: 65536, description: least rounds of SHA-256 and SHA-512}
#     bcrypt: {type: int, default: 10, description: "least cost of bcrypt, 4 to 31"}
#   remediation:
#     text: "Give pam_unix rounds= with a larger number: for yescrypt 5 to 11, for SHA-512 65536 or more."
package casemate.host.pam.unix_rounds

import data.casemate.lib.pam

lines := pam.lines("password", "pam_unix")

# The last word counts; without one pam_unix takes ENCRYPT_METHOD of login.defs.
words := {
	"md5": "md5", "bigcrypt": "des", "sha256": "sha256", "sha512": "sha512", "blowfish": "bcrypt",
	"yescrypt": "yescrypt", "gost_yescrypt": "yescrypt",
}

named(line) := [words[arg] | some arg in line.args; words[arg]]

algorithm(line) := named(line)[count(named(line)) - 1] if count(named(line)) > 0

algorithm(line) := lower(input.facets.login_policy.login_defs.ENCRYPT_METHOD) if count(named(line)) == 0

algorithm(line) := "des" if {
	count(named(line)) == 0
	input.facets.login_policy.login_defs
	not input.facets.login_policy.login_defs.ENCRYPT_METHOD
}

least := {
	"yescrypt": data.params.yescrypt,
	"sha256": data.params.sha,
	"sha512": data.params.sha,
	"bcrypt": data.params.bcrypt,
}

# What pam_unix 1.5 and libcrypt do without rounds=.
built_in := {"yescrypt": 5, "sha256": 5000, "sha512": 5000, "bcrypt": 5}

rounds(line) := pam.number(pam.argument(line, "rounds"))

rounds(line) := built_in[algorithm(line)] if not pam.argument(line, "rounds")

fits(line) if rounds(line) >= least[algorithm(line)]

compliant if {
	input.facets.login_policy.login_defs
	count(lines) > 0
	every line in lines {
		fits(line)
	}
}

deny contains {
	"message": sprintf(
		"%s with %d rounds (%s); wanted %d",
		[algorithm(line), rounds(line), pam.place(line), least[algorithm(line)]],
	),
	"evidence": {"algorithm": algorithm(line), "rounds": rounds(line), "file": line.file, "line": line.line},
} if {
	some line in lines
	rounds(line) < least[algorithm(line)]
}

deny contains {
	"message": sprintf("%s has no adjustable work (%s)", [algorithm(line), pam.place(line)]),
	"evidence": {"algorithm": algorithm(line), "file": line.file, "line": line.line},
} if {
	some line in lines
	not least[algorithm(line)]
	algorithm(line)
}
