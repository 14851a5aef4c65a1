# METADATA
# title: Only root writes to /etc/modprobe.d
# description: An install line in it is a command that root runs when a module is wanted.
# custom:
#   id: host.file.modprobe_directory
#   kind: host
#   area: kernel
#   needs: [files]
#   severity: high
#   attack: [T1547.006]
#   remediation:
#     text: Give the directory to root with mode 755.
#     command: chown root:root /etc/modprobe.d && chmod 755 /etc/modprobe.d
package casemate.host.file.modprobe_directory

import data.casemate.lib.files

path := "/etc/modprobe.d"

wanted := {"mode": "755", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
