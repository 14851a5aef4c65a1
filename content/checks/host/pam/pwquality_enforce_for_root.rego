# METADATA
# title: Passwords that root sets are judged too
# description: The first password of every account is one that an administrator typed.
# custom:
#   id: host.pam.pwquality_enforce_for_root
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks: {cis_debian_12: ["5.3.3.2.8"], ssg: [accounts_password_pam_enforce_root]}
#   remediation:
#     text: Add enforce_for_root to pwquality.conf.
#     command: mkdir -p /etc/security/pwquality.conf.d && printf 'enforce_for_root\n' > /etc/security/pwquality.conf.d/50-casemate-enforce_for_root.conf
package casemate.host.pam.pwquality_enforce_for_root

import data.casemate.lib.pam

compliant if {
	count(pam.quality) > 0
	every line in pam.quality {
		pam.flag(line, "enforce_for_root")
	}
}

deny contains {
	"message": sprintf("enforce_for_root is not set (%s)", [pam.place(line)]),
	"evidence": pam.evidence(line, "enforce_for_root"),
} if {
	some line in pam.quality
	pam.file_read(line.module)
	not pam.flag(line, "enforce_for_root")
}

deny contains {"message": "no module judges new passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.quality) == 0
}
