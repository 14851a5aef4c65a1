# METADATA
# title: Only the system writes the record of failed logins
# description: Without btmp nobody can tell afterwards whether passwords were guessed.
# custom:
#   id: host.file.btmp
#   kind: host
#   area: logging
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.4.1"]
#     ssg: [file_permissions_var_log_wbtmp, file_owner_var_log_wbtmp, file_groupowner_var_log_wbtmp]
#   attack: [T1070]
#   remediation:
#     text: Give the file to root:utmp with mode 664 or stricter.
#     command: chown root:utmp /var/log/btmp && chmod 664 /var/log/btmp
package casemate.host.file.btmp

import data.casemate.lib.files

path := "/var/log/btmp"

wanted := {"mode": "664", "owners": ["root"], "groups": ["root", "utmp"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
