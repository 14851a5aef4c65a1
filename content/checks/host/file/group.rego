# METADATA
# title: Only root writes /etc/group
# description: A line in this file makes a user a member of sudo, docker or disk, and so root.
# custom:
#   id: host.file.group
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: high
#   frameworks:
#     cis_debian_12: ["7.1.3"]
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_etc_group, file_owner_etc_group, file_groupowner_etc_group]
#   attack: [T1222.002, T1098]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/group && chmod 644 /etc/group
package casemate.host.file.group

import data.casemate.lib.files

path := "/etc/group"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}

deny contains {"message": sprintf("%s does not exist", [path]), "evidence": {"path": path}} if files.absent(path)
