# METADATA
# title: Only the system and adm read /var/log/syslog
# description: Programs write tokens, addresses and paths into it that other users have no need to know.
# custom:
#   id: host.file.syslog
#   kind: host
#   area: logging
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.4.1"]
#     disa_stig_ubuntu_22.04: [UBTU-22-232030, UBTU-22-232130, UBTU-22-232135]
#     disa_stig_ubuntu_24.04: [UBTU-24-700150, UBTU-24-700140, UBTU-24-700130]
#     ssg: [file_permissions_var_log_syslog, file_owner_var_log_syslog, file_groupowner_var_log_syslog]
#   attack: [T1654]
#   remediation:
#     text: Give the file to root:adm with mode 640.
#     command: chgrp adm /var/log/syslog && chmod 640 /var/log/syslog
package casemate.host.file.syslog

import data.casemate.lib.files

path := "/var/log/syslog"

wanted := {"mode": "640", "owners": ["root", "syslog"], "groups": ["root", "adm"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
