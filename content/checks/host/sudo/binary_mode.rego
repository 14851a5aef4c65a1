# METADATA
# title: Only administrators may start sudo
# description: sudo is a large set-user-id program; a fault in it can be used only by those who may run it.
# custom:
#   id: host.sudo.binary_mode
#   kind: host
#   area: access
#   needs: [files]
#   severity: low
#   frameworks: {anssi_bp_028: [R38], ssg: [file_permissions_sudo, sudo_dedicated_group]}
#   attack: [T1548.001, T1068]
#   remediation:
#     text: Let only a group of administrators run it, and record that with dpkg-statoverride.
#     command: dpkg-statoverride --force-statoverride-add --update --add root sudo 4750 /usr/bin/sudo
package casemate.host.sudo.binary_mode

import data.casemate.lib.files

path := "/usr/bin/sudo"

wanted := {"mode": "4750", "owners": ["root"], "groups": ["root", "sudo", "sudogrp", "wheel"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
