# METADATA
# title: Only root writes to /etc/apt
# description: It says from where software comes, whose signatures count and which commands run around an
#   installation.
# custom:
#   id: host.file.apt_sources
#   kind: host
#   area: software
#   needs: [files]
#   severity: high
#   attack: [T1195.002]
#   remediation:
#     text: Give the directory to root with mode 755.
#     command: chown root:root /etc/apt && chmod 755 /etc/apt
package casemate.host.file.apt_sources

import data.casemate.lib.files

path := "/etc/apt"

wanted := {"mode": "755", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
