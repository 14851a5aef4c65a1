# METADATA
# title: Only root writes /etc/login.defs
# description: It sets how passwords are hashed, how long they last and which path root gets.
# custom:
#   id: host.file.login_defs
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: medium
#   attack: [T1222.002]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/login.defs && chmod 644 /etc/login.defs
package casemate.host.file.login_defs

import data.casemate.lib.files

path := "/etc/login.defs"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
