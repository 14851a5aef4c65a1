# METADATA
# title: pam_unix lets nobody in without a password
# description: With nullok an account whose password is empty needs none, and one careless passwd -d opens the
#   machine.
# custom:
#   id: host.pam.unix_no_nullok
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.3.3.4.1"]
#     disa_stig_ubuntu_22.04: [UBTU-22-611060]
#     disa_stig_ubuntu_24.04: [UBTU-24-300028]
#     ssg: [no_empty_passwords_unix, no_empty_passwords]
#   attack: [T1078.003]
#   remediation:
#     text: Remove nullok from the pam_unix lines.
#     command: sed -i 's/ nullok\(_secure\)\?//g' /usr/share/pam-configs/unix && DEBIAN_FRONTEND=noninteractive pam-auth-update --package
package casemate.host.pam.unix_no_nullok

import data.casemate.lib.pam

lines := {line |
	some stack in pam.services
	some line in stack
	line.module == "pam_unix"
}

lax(line) if {
	some arg in line.args
	arg in {"nullok", "nullok_secure"}
}

compliant if {
	count(lines) > 0
	every line in lines {
		is_array(line.args)
		not lax(line)
	}
}

deny contains {
	"message": sprintf("pam_unix has nullok (%s)", [pam.place(line)]),
	"evidence": {"args": line.args, "file": line.file, "line": line.line},
} if {
	some line in lines
	lax(line)
}
