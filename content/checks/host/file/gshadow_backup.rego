# METADATA
# title: Only root and the group shadow read the backup of /etc/gshadow
# description: What is kept from others in the file must be kept from them in its backup.
# custom:
#   id: host.file.gshadow_backup
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["7.1.8"]
#     ssg: [file_permissions_backup_etc_gshadow, file_owner_backup_etc_gshadow, file_groupowner_backup_etc_gshadow]
#   attack: [T1003.008]
#   remediation:
#     text: Give the file to root:shadow with mode 640.
#     command: chown root:shadow /etc/gshadow- && chmod 640 /etc/gshadow-
package casemate.host.file.gshadow_backup

import data.casemate.lib.files

path := "/etc/gshadow-"

wanted := {"mode": "640", "owners": ["root"], "groups": ["root", "shadow"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
