# METADATA
# title: Only root writes /etc/environment
# description: Variables set here reach every session through PAM, and PATH or LD_PRELOAD are enough to take one over.
# custom:
#   id: host.file.environment
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: high
#   attack: [T1574.006, T1574.007]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/environment && chmod 644 /etc/environment
package casemate.host.file.environment

import data.casemate.lib.files

path := "/etc/environment"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
