# METADATA
# title: Only root enters /etc/cron.hourly
# description: Every script put there runs as root within the hour.
# custom:
#   id: host.file.cron_hourly
#   kind: host
#   area: services
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.4.1.3"]
#     ssg: [file_permissions_cron_hourly, file_owner_cron_hourly, file_groupowner_cron_hourly]
#   attack: [T1053.003]
#   remediation:
#     text: Give the directory to root with mode 700.
#     command: chown root:root /etc/cron.hourly && chmod 700 /etc/cron.hourly
package casemate.host.file.cron_hourly

import data.casemate.lib.files

path := "/etc/cron.hourly"

wanted := {"mode": "700", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
