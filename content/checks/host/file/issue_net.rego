# METADATA
# title: Only root writes /etc/issue.net
# description: The notice to remote users is no place for other people's text.
# custom:
#   id: host.file.issue_net
#   kind: host
#   area: access
#   needs: [files]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.6.6"]
#     ssg: [file_permissions_etc_issue_net, file_owner_etc_issue_net, file_groupowner_etc_issue_net]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/issue.net && chmod 644 /etc/issue.net
package casemate.host.file.issue_net

import data.casemate.lib.files

path := "/etc/issue.net"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
