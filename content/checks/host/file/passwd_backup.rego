# METADATA
# title: Only root writes the backup of /etc/passwd
# description: Administrators copy it back when the real file is damaged, with whatever somebody put into it.
# custom:
#   id: host.file.passwd_backup
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["7.1.2"]
#     ssg: [file_permissions_backup_etc_passwd, file_owner_backup_etc_passwd, file_groupowner_backup_etc_passwd]
#   attack: [T1222.002]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/passwd- && chmod 644 /etc/passwd-
package casemate.host.file.passwd_backup

import data.casemate.lib.files

path := "/etc/passwd-"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
