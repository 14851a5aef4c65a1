# METADATA
# title: Only root and the group shadow read /etc/shadow
# description: It holds the password hashes of everybody; read once, they can be guessed at leisure elsewhere.
# custom:
#   id: host.file.shadow
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: high
#   frameworks:
#     cis_debian_12: ["7.1.5"]
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_etc_shadow, file_owner_etc_shadow, file_groupowner_etc_shadow]
#   attack: [T1003.008]
#   remediation:
#     text: Give the file to root:shadow with mode 640.
#     command: chown root:shadow /etc/shadow && chmod 640 /etc/shadow
package casemate.host.file.shadow

import data.casemate.lib.files

path := "/etc/shadow"

wanted := {"mode": "640", "owners": ["root"], "groups": ["root", "shadow"]}

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}

deny contains {"message": sprintf("%s does not exist", [path]), "evidence": {"path": path}} if files.absent(path)
