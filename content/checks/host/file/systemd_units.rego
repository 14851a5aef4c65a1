# METADATA
# title: Only root writes to /etc/systemd/system
# description: A unit put there runs as root at the next boot.
# custom:
#   id: host.file.systemd_units
#   kind: host
#   area: services
#   needs: [files]
#   severity: critical
#   attack: [T1543.002]
#   remediation:
#     text: Give the directory to root with mode 755.
#     command: chown root:root /etc/systemd/system && chmod 755 /etc/systemd/system
package casemate.host.file.systemd_units

import data.casemate.lib.files

path := "/etc/systemd/system"

wanted := {"mode": "755", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
