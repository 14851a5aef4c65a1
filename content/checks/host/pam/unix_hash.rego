# METADATA
# title: pam_unix hashes new passwords with a slow algorithm
# description: What it writes to /etc/shadow is all that protects the passwords once that file is stolen.
# custom:
#   id: host.pam.unix_hash
#   kind: host
#   area: crypto
#   needs: [pam, login_policy]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.3.3.4.3"]
#     anssi_bp_028: [R68]
#     disa_stig_ubuntu_22.04: [UBTU-22-611055]
#     disa_stig_ubuntu_24.04: [UBTU-24-400220]
#     ssg: [set_password_hashing_algorithm_systemauth, set_password_hashing_algorithm_auth_stig]
#   attack: [T1110.002]
#   params:
#     allowed: {type: list, default: [yescrypt, sha512, bcrypt], description: algorithms that may be used}
#   remediation:
#     text: Give pam_unix yescrypt.
#     command: sed -i -E '/pam_unix.so/ s/ (md5|bigcrypt|sha256|blowfish)\b/ yescrypt/g' /usr/share/pam-configs/unix && DEBIAN_FRONTEND=noninteractive pam-auth-update --package
package casemate.host.pam.unix_hash

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

compliant if {
	input.facets.login_policy.login_defs
	count(lines) > 0
	every line in lines {
		algorithm(line) in data.params.allowed
	}
}

deny contains {
	"message": sprintf(
		"pam_unix hashes with %s (%s); wanted %s",
		[algorithm(line), pam.place(line), concat(" or ", data.params.allowed)],
	),
	"evidence": {"algorithm": algorithm(line), "file": line.file, "line": line.line},
} if {
	some line in lines
	not algorithm(line) in data.params.allowed
}
