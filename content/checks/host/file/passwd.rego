# METADATA
# title: Only root writes /etc/passwd
# description: Whoever writes it gives himself the user id 0.
# custom:
#   id: host.file.passwd
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: high
#   frameworks:
#     cis_debian_12: ["7.1.1"]
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_etc_passwd, file_owner_etc_passwd, file_groupowner_etc_passwd]
#   attack: [T1222.002, T1136.001]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/passwd && chmod 644 /etc/passwd
package casemate.host.file.passwd

import data.casemate.lib.files

path := "/etc/passwd"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}

deny contains {"message": sprintf("%s does not exist", [path]), "evidence": {"path": path}} if files.absent(path)
