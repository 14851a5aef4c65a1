# METADATA
# title: Only root writes to /etc/pam.d
# description: One line in a stack makes every password right.
# custom:
#   id: host.file.pam_directory
#   kind: host
#   area: authentication
#   needs: [files]
#   severity: high
#   attack: [T1556.003]
#   remediation:
#     text: Give the directory to root with mode 755.
#     command: chown root:root /etc/pam.d && chmod 755 /etc/pam.d
package casemate.host.file.pam_directory

import data.casemate.lib.files

path := "/etc/pam.d"

wanted := {"mode": "755", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
