# METADATA
# title: Only root writes /etc/fstab
# description: A line with suid and user lets anybody mount a file system on which he is root.
# custom:
#   id: host.file.fstab
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: high
#   attack: [T1222.002]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/fstab && chmod 644 /etc/fstab
package casemate.host.file.fstab

import data.casemate.lib.files

path := "/etc/fstab"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
