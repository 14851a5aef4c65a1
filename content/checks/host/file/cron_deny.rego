# METADATA
# title: Only root writes /etc/cron.deny
# description: A user who may write the list of those shut out takes himself off it.
# custom:
#   id: host.file.cron_deny
#   kind: host
#   area: services
#   needs: [files]
#   severity: low
#   frameworks: {cis_debian_12: ["2.4.1.8"]}
#   attack: [T1053.003]
#   remediation:
#     text: Give the file to root with mode 640, or replace it with cron.allow.
#     command: chown root:crontab /etc/cron.deny && chmod 640 /etc/cron.deny
package casemate.host.file.cron_deny

import data.casemate.lib.files

path := "/etc/cron.deny"

wanted := {"mode": "640", "owners": ["root"], "groups": ["root", "crontab"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
