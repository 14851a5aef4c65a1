# METADATA
# title: Only the system writes the record of logins
# description: An intruder with write access to wtmp was never here.
# custom:
#   id: host.file.wtmp
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
#     command: chown root:utmp /var/log/wtmp && chmod 664 /var/log/wtmp
package casemate.host.file.wtmp

import data.casemate.lib.files

path := "/var/log/wtmp"

wanted := {"mode": "664", "owners": ["root"], "groups": ["root", "utmp"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
