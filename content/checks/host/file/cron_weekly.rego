# METADATA
# title: Only root enters /etc/cron.weekly
# description: Root runs what lies there each week, whoever put it there.
# custom:
#   id: host.file.cron_weekly
#   kind: host
#   area: services
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.4.1.5"]
#     ssg: [file_permissions_cron_weekly, file_owner_cron_weekly, file_groupowner_cron_weekly]
#   attack: [T1053.003]
#   remediation:
#     text: Give the directory to root with mode 700.
#     command: chown root:root /etc/cron.weekly && chmod 700 /etc/cron.weekly
package casemate.host.file.cron_weekly

import data.casemate.lib.files

path := "/etc/cron.weekly"

wanted := {"mode": "700", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
