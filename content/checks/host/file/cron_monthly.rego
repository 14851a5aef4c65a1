# METADATA
# title: Only root enters /etc/cron.monthly
# description: A script planted here stays unnoticed for weeks and then runs as root.
# custom:
#   id: host.file.cron_monthly
#   kind: host
#   area: services
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.4.1.6"]
#     ssg: [file_permissions_cron_monthly, file_owner_cron_monthly, file_groupowner_cron_monthly]
#   attack: [T1053.003]
#   remediation:
#     text: Give the directory to root with mode 700.
#     command: chown root:root /etc/cron.monthly && chmod 700 /etc/cron.monthly
package casemate.host.file.cron_monthly

import data.casemate.lib.files

path := "/etc/cron.monthly"

wanted := {"mode": "700", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
