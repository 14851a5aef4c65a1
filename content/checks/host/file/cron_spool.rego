# METADATA
# title: Only cron writes to its spool
# description: A file put there under the name of root is a crontab of root.
# custom:
#   id: host.file.cron_spool
#   kind: host
#   area: services
#   needs: [files]
#   severity: high
#   attack: [T1053.003]
#   remediation:
#     text: Give the directory to root:crontab with mode 1730.
#     command: chown root:crontab /var/spool/cron/crontabs && chmod 1730 /var/spool/cron/crontabs
package casemate.host.file.cron_spool

import data.casemate.lib.files

path := "/var/spool/cron/crontabs"

wanted := {"mode": "1730", "owners": ["root"], "groups": ["root", "crontab"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
