# METADATA
# title: Only root enters /etc/sudoers.d
# description: sudo takes each file in it for rules.
# custom:
#   id: host.sudo.sudoers_directory
#   kind: host
#   area: access
#   needs: [files]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [directory_permissions_etc_sudoersd, directory_owner_etc_sudoersd, directory_groupowner_etc_sudoersd]
#   attack: [T1548.003]
#   remediation:
#     text: Give the directory to root with mode 750.
#     command: chown root:root /etc/sudoers.d && chmod 750 /etc/sudoers.d
package casemate.host.sudo.sudoers_directory

import data.casemate.lib.files

path := "/etc/sudoers.d"

wanted := {"mode": "750", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
