# METADATA
# title: Only root writes /etc/profile
# description: Root's login shell runs every line of it.
# custom:
#   id: host.file.profile
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: high
#   attack: [T1546.004]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/profile && chmod 644 /etc/profile
package casemate.host.file.profile

import data.casemate.lib.files

path := "/etc/profile"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
