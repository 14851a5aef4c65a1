# METADATA
# title: Only the system reads /var/log/secure
# description: The record of logins helps nobody else than the administrator and an attacker.
# custom:
#   id: host.file.secure_log
#   kind: host
#   area: logging
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.4.1"]
#     ssg: [file_permissions_var_log_secure, file_owner_var_log_secure, file_groupowner_var_log_secure]
#   attack: [T1654]
#   remediation:
#     text: Give the file to root:adm with mode 640.
#     command: chgrp adm /var/log/secure && chmod 640 /var/log/secure
package casemate.host.file.secure_log

import data.casemate.lib.files

path := "/var/log/secure"

wanted := {"mode": "640", "owners": ["root", "syslog"], "groups": ["root", "adm"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
