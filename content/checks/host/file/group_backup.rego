# METADATA
# title: Only root writes the backup of /etc/group
# description: A changed backup brings its memberships back with it when it is restored.
# custom:
#   id: host.file.group_backup
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["7.1.4"]
#     ssg: [file_permissions_backup_etc_group, file_owner_backup_etc_group, file_groupowner_backup_etc_group]
#   attack: [T1222.002]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/group- && chmod 644 /etc/group-
package casemate.host.file.group_backup

import data.casemate.lib.files

path := "/etc/group-"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
