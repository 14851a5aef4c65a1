# METADATA
# title: Many former passwords are remembered
# description: With a short memory a user returns to the same password after a few changes.
# custom:
#   id: host.pam.pwhistory_remember
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks: {cis_debian_12: ["5.3.3.3.1"], anssi_bp_028: [R31], ssg: [accounts_password_pam_pwhistory_remember]}
#   params:
#     least: {type: int, default: 24, description: least number of former passwords}
#   remediation:
#     text: Give pam_pwhistory remember=24.
#     command: "printf 'Name: Password history\\nDefault: yes\\nPriority: 512\\nPassword-Type: Primary\\nPassword:\\n\\trequisite pam_pwhistory.so remember=24 enforce_for_root try_first_pass use_authtok\\nPassword-Initial:\\n\\trequisite pam_pwhistory.so remember=24 enforce_for_root\\n' > /usr/share/pam-configs/casemate-pwhistory && DEBIAN_FRONTEND=noninteractive pam-auth-update --enable casemate-pwhistory"
package casemate.host.pam.pwhistory_remember

import data.casemate.lib.pam

fits(line) if {
	n := pam.number(pam.setting(line, "remember"))
	n >= data.params.least
}

compliant if {
	count(pam.history) > 0
	every line in pam.history {
		fits(line)
	}
}

deny contains {
	"message": sprintf(
		"remember is %s (%s); wanted %d or more",
		[pam.shown(line, "remember"), pam.place(line), data.params.least],
	),
	"evidence": pam.evidence(line, "remember"),
} if {
	some line in pam.history
	pam.file_read(line.module)
	not fits(line)
}

deny contains {"message": "no module remembers former passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.history) == 0
}
