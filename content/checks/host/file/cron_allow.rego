# METADATA
# title: Only root writes /etc/cron.allow
# description: It names those who may have jobs of their own; a user who writes it lets himself in.
# custom:
#   id: host.file.cron_allow
#   kind: host
#   area: services
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.4.1.8"]
#     ssg: [file_permissions_cron_allow, file_owner_cron_allow, file_groupowner_cron_allow]
#   attack: [T1053.003]
#   remediation:
#     text: Give the file to root with mode 640.
#     command: chown root:crontab /etc/cron.allow && chmod 640 /etc/cron.allow
package casemate.host.file.cron_allow

import data.casemate.lib.files

path := "/etc/cron.allow"

wanted := {"mode": "640", "owners": ["root"], "groups": ["root", "crontab"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
