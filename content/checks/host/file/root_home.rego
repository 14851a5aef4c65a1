# METADATA
# title: Only root enters root's home
# description: Keys, histories and scripts in it are worth the whole machine.
# custom:
#   id: host.file.root_home
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: medium
#   attack: [T1083, T1552.001]
#   remediation:
#     text: Give the directory to root with mode 700.
#     command: chown root:root /root && chmod 700 /root
package casemate.host.file.root_home

import data.casemate.lib.files

path := "/root"

wanted := {"mode": "750", "owners": ["root"], "groups": ["root"]}

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}

deny contains {"message": sprintf("%s does not exist", [path]), "evidence": {"path": path}} if files.absent(path)
