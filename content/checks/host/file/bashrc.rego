# METADATA
# title: Only root writes /etc/bash.bashrc
# description: Each interactive bash, root's too, runs every line of it.
# custom:
#   id: host.file.bashrc
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: high
#   attack: [T1546.004]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/bash.bashrc && chmod 644 /etc/bash.bashrc
package casemate.host.file.bashrc

import data.casemate.lib.files

path := "/etc/bash.bashrc"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
