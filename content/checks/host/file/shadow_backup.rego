# METADATA
# title: Only root and the group shadow read the backup of /etc/shadow
# description: It holds the hashes of the last state, most of which are still valid.
# custom:
#   id: host.file.shadow_backup
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: high
#   frameworks:
#     cis_debian_12: ["7.1.6"]
#     ssg: [file_permissions_backup_etc_shadow, file_owner_backup_etc_shadow, file_groupowner_backup_etc_shadow]
#   attack: [T1003.008]
#   remediation:
#     text: Give the file to root:shadow with mode 640.
#     command: chown root:shadow /etc/shadow- && chmod 640 /etc/shadow-
package casemate.host.file.shadow_backup

import data.casemate.lib.files

path := "/etc/shadow-"

wanted := {"mode": "640", "owners": ["root"], "groups": ["root", "shadow"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
