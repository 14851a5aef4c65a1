# METADATA
# title: Only the system and adm read /var/log/messages
# description: It tells outsiders which services run, fail and restart.
# custom:
#   id: host.file.messages
#   kind: host
#   area: logging
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.4.1"]
#     ssg: [file_permissions_var_log_messages, file_owner_var_log_messages, file_groupowner_var_log_messages]
#   attack: [T1654]
#   remediation:
#     text: Give the file to root:adm with mode 640.
#     command: chgrp adm /var/log/messages && chmod 640 /var/log/messages
package casemate.host.file.messages

import data.casemate.lib.files

path := "/var/log/messages"

wanted := {"mode": "640", "owners": ["root", "syslog"], "groups": ["root", "adm"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
