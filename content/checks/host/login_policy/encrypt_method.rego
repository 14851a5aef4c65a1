# METADATA
# title: login.defs names a slow hash for passwords
# description: chpasswd, newusers and pam_unix without an argument hash with it.
# custom:
#   id: host.login_policy.encrypt_method
#   kind: host
#   area: crypto
#   needs: [login_policy]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.4.1.4"]
#     disa_stig_ubuntu_22.04: [UBTU-22-611070]
#     disa_stig_ubuntu_24.04: [UBTU-24-400400]
#     ssg: [set_password_hashing_algorithm_logindefs]
#   attack: [T1110.002]
#   params:
#     allowed: {type: list, default: [YESCRYPT, SHA512, BCRYPT], description: methods that may be used}
#   remediation:
#     text: Set ENCRYPT_METHOD to YESCRYPT in /etc/login.defs.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*ENCRYPT_METHOD\b/d' /etc/login.defs && printf 'ENCRYPT_METHOD YESCRYPT\n' >> /etc/login.defs
package casemate.host.login_policy.encrypt_method

defs := input.facets.login_policy.login_defs

method := upper(defs.ENCRYPT_METHOD)

compliant if method in data.params.allowed

deny contains {
	"message": sprintf("ENCRYPT_METHOD is %s; wanted %s", [method, concat(" or ", data.params.allowed)]),
	"evidence": {"ENCRYPT_METHOD": method, "file": "/etc/login.defs"},
} if {
	not method in data.params.allowed
}

deny contains {
	"message": "ENCRYPT_METHOD is not set, so DES is used",
	"evidence": {"ENCRYPT_METHOD": null, "file": "/etc/login.defs"},
} if {
	defs
	not method
}
