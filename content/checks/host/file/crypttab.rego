# METADATA
# title: Only root reads /etc/crypttab
# description: It tells where the keys of encrypted disks lie.
# custom:
#   id: host.file.crypttab
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_etc_crypttab, file_owner_etc_crypttab, file_groupowner_etc_crypttab]
#   attack: [T1552.001]
#   remediation:
#     text: Give the file to root with mode 600.
#     command: chown root:root /etc/crypttab && chmod 600 /etc/crypttab
package casemate.host.file.crypttab

import data.casemate.lib.files

path := "/etc/crypttab"

wanted := {"mode": "600", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
