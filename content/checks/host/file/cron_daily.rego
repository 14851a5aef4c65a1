# METADATA
# title: Only root enters /etc/cron.daily
# description: Scripts in it run as root once a day; nobody else needs to look at them.
# custom:
#   id: host.file.cron_daily
#   kind: host
#   area: services
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.4.1.4"]
#     ssg: [file_permissions_cron_daily, file_owner_cron_daily, file_groupowner_cron_daily]
#   attack: [T1053.003]
#   remediation:
#     text: Give the directory to root with mode 700.
#     command: chown root:root /etc/cron.daily && chmod 700 /etc/cron.daily
package casemate.host.file.cron_daily

import data.casemate.lib.files

path := "/etc/cron.daily"

wanted := {"mode": "700", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
