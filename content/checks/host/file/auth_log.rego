# METADATA
# title: Only the system and adm read /var/log/auth.log
# description: A password typed in place of a user name ends up here in plain text.
# custom:
#   id: host.file.auth_log
#   kind: host
#   area: logging
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.4.1"]
#     ssg: [file_permissions_var_log_auth, file_owner_var_log_auth, file_groupowner_var_log_auth]
#   attack: [T1654]
#   remediation:
#     text: Give the file to root:adm with mode 640.
#     command: chgrp adm /var/log/auth.log && chmod 640 /var/log/auth.log
package casemate.host.file.auth_log

import data.casemate.lib.files

path := "/var/log/auth.log"

wanted := {"mode": "640", "owners": ["root", "syslog"], "groups": ["root", "adm"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
