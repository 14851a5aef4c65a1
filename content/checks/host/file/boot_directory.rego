# METADATA
# title: Only root writes to /boot
# description: A kernel or initrd put there runs at the next boot before any control does.
# custom:
#   id: host.file.boot_directory
#   kind: host
#   area: boot
#   needs: [files]
#   severity: high
#   attack: [T1542]
#   remediation:
#     text: Give the directory to root with mode 755, or 700.
#     command: chown root:root /boot && chmod 755 /boot
package casemate.host.file.boot_directory

import data.casemate.lib.files

path := "/boot"

wanted := {"mode": "755", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
