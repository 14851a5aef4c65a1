# METADATA
# title: Only root reads and writes /etc/crontab
# description: Whoever writes it runs commands as root; whoever reads it learns when and what root runs.
# custom:
#   id: host.file.crontab
#   kind: host
#   area: services
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.4.1.2"]
#     ssg: [file_permissions_crontab, file_owner_crontab, file_groupowner_crontab]
#   attack: [T1053.003]
#   remediation:
#     text: Give the file to root with mode 600.
#     command: chown root:root /etc/crontab && chmod 600 /etc/crontab
package casemate.host.file.crontab

import data.casemate.lib.files

path := "/etc/crontab"

wanted := {"mode": "600", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
