# METADATA
# title: Only the system writes the record of last logins
# description: Users are shown from this file whether somebody else used their account.
# custom:
#   id: host.file.lastlog
#   kind: host
#   area: logging
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.4.1"]
#     ssg: [file_permissions_var_log_lastlog, file_owner_var_log_lastlog, file_groupowner_var_log_lastlog]
#   attack: [T1070]
#   remediation:
#     text: Give the file to root:utmp with mode 664 or stricter.
#     command: chown root:utmp /var/log/lastlog && chmod 664 /var/log/lastlog
package casemate.host.file.lastlog

import data.casemate.lib.files

path := "/var/log/lastlog"

wanted := {"mode": "664", "owners": ["root"], "groups": ["root", "utmp"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
