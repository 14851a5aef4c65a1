# METADATA
# title: Only root enters /etc/cron.d
# description: Each file in it is a crontab that may name root as its user.
# custom:
#   id: host.file.cron_d
#   kind: host
#   area: services
#   needs: [files]
#   severity: medium
#   frameworks: {cis_debian_12: ["2.4.1.7"], ssg: [file_permissions_cron_d, file_owner_cron_d, file_groupowner_cron_d]}
#   attack: [T1053.003]
#   remediation:
#     text: Give the directory to root with mode 700.
#     command: chown root:root /etc/cron.d && chmod 700 /etc/cron.d
package casemate.host.file.cron_d

import data.casemate.lib.files

path := "/etc/cron.d"

wanted := {"mode": "700", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
