# METADATA
# title: Only root reads the former passwords
# description: pam_pwhistory and pam_unix keep hashes of old passwords here, and people return to them or vary them by
#   a digit.
# custom:
#   id: host.file.opasswd
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: high
#   frameworks:
#     cis_debian_12: ["7.1.10"]
#     ssg: [file_permissions_etc_security_opasswd, file_owner_etc_security_opasswd, file_groupowner_etc_security_opasswd]
#   attack: [T1003.008]
#   remediation:
#     text: Give the file to root with mode 600.
#     command: chown root:root /etc/security/opasswd && chmod 600 /etc/security/opasswd
package casemate.host.file.opasswd

import data.casemate.lib.files

path := "/etc/security/opasswd"

wanted := {"mode": "600", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
