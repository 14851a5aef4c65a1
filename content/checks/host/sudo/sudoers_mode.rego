# METADATA
# title: Only root reads /etc/sudoers
# description: Whoever writes it is root; whoever reads it knows whose account to take.
# custom:
#   id: host.sudo.sudoers_mode
#   kind: host
#   area: access
#   needs: [files]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_etc_sudoers, file_owner_etc_sudoers, file_groupowner_etc_sudoers]
#   attack: [T1548.003]
#   remediation:
#     text: Give the file to root with mode 440.
#     command: chown root:root /etc/sudoers && chmod 440 /etc/sudoers
package casemate.host.sudo.sudoers_mode

import data.casemate.lib.files

path := "/etc/sudoers"

wanted := {"mode": "440", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
