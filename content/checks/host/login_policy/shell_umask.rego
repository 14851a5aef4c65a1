# METADATA
# title: Shells take rights from others on new files
# description: Sessions that do not come through pam_umask get the mask of the shell's own files, and one loose line
#   undoes a strict one.
# custom:
#   id: host.login_policy.shell_umask
#   kind: host
#   area: accounts
#   needs: [login_policy]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.4.3.3"]
#     anssi_bp_028: [R36]
#     ssg: [accounts_umask_etc_profile, accounts_umask_etc_bashrc]
#   attack: [T1083]
#   params:
#     umask: {type: string, default: "027", description: bits that must be taken away}
#   remediation:
#     text: Set umask 027 in a file of /etc/profile.d and change every other umask line.
#     command: printf 'umask 027\n' > /etc/profile.d/60-casemate-umask.sh && chmod 644 /etc/profile.d/60-casemate-umask.sh
package casemate.host.login_policy.shell_umask

import data.casemate.lib.accounts

umasks := input.facets.login_policy.umasks

strict(line) if accounts.umask_strict(line.value, data.params.umask)

compliant if {
	count(umasks) > 0
	every line in umasks {
		strict(line)
	}
}

deny contains {
	"message": sprintf(
		"umask %s (%s:%d); wanted %s or stricter",
		[line.value, line.file, line.line, data.params.umask],
	),
	"evidence": line,
} if {
	some line in umasks
	not strict(line)
}

deny contains {"message": "no start-up file of a shell sets umask", "evidence": {"umasks": []}} if count(umasks) == 0
