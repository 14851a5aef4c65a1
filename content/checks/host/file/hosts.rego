# METADATA
# title: Only root writes /etc/hosts
# description: Whoever writes it sends this machine to servers of his own under trusted names.
# custom:
#   id: host.file.hosts
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: medium
#   attack: [T1565.001]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/hosts && chmod 644 /etc/hosts
package casemate.host.file.hosts

import data.casemate.lib.files

path := "/etc/hosts"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
