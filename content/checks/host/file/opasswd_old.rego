# METADATA
# title: Only root reads the backup of the former passwords
# description: The copy that is made at each change holds the same hashes.
# custom:
#   id: host.file.opasswd_old
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: high
#   frameworks:
#     cis_debian_12: ["7.1.10"]
#     ssg: [file_permissions_etc_security_opasswd_old, file_owner_etc_security_opasswd_old, file_groupowner_etc_security_opasswd_old]
#   attack: [T1003.008]
#   remediation:
#     text: Give the file to root with mode 600.
#     command: chown root:root /etc/security/opasswd.old && chmod 600 /etc/security/opasswd.old
package casemate.host.file.opasswd_old

import data.casemate.lib.files

path := "/etc/security/opasswd.old"

wanted := {"mode": "600", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
