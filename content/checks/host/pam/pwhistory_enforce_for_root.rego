# METADATA
# title: The history of passwords binds root too
# description: Root is the account whose old password is most likely to be known to those who left.
# custom:
#   id: host.pam.pwhistory_enforce_for_root
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks: {cis_debian_12: ["5.3.3.3.2"], ssg: [accounts_password_pam_pwhistory_enforce_root]}
#   remediation:
#     text: Give pam_pwhistory enforce_for_root.
#     command: "printf 'Name: Password history\\nDefault: yes\\nPriority: 512\\nPassword-Type: Primary\\nPassword:\\n\\trequisite pam_pwhistory.so remember=24 enforce_for_root try_first_pass use_authtok\\nPassword-Initial:\\n\\trequisite pam_pwhistory.so remember=24 enforce_for_root\\n' > /usr/share/pam-configs/casemate-pwhistory && DEBIAN_FRONTEND=noninteractive pam-auth-update --enable casemate-pwhistory"
package casemate.host.pam.pwhistory_enforce_for_root

import data.casemate.lib.pam

compliant if {
	count(pam.history) > 0
	every line in pam.history {
		pam.flag(line, "enforce_for_root")
	}
}

deny contains {
	"message": sprintf("enforce_for_root is not set (%s)", [pam.place(line)]),
	"evidence": pam.evidence(line, "enforce_for_root"),
} if {
	some line in pam.history
	pam.file_read(line.module)
	not pam.flag(line, "enforce_for_root")
}

deny contains {"message": "no module remembers former passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.history) == 0
}
