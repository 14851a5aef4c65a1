# METADATA
# title: Only root and the group shadow read /etc/gshadow
# description: Group passwords, where there are any, let people into groups they are no members of.
# custom:
#   id: host.file.gshadow
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["7.1.7"]
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_etc_gshadow, file_owner_etc_gshadow, file_groupowner_etc_gshadow]
#   attack: [T1003.008]
#   remediation:
#     text: Give the file to root:shadow with mode 640.
#     command: chown root:shadow /etc/gshadow && chmod 640 /etc/gshadow
package casemate.host.file.gshadow

import data.casemate.lib.files

path := "/etc/gshadow"

wanted := {"mode": "640", "owners": ["root"], "groups": ["root", "shadow"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
