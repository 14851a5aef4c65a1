# METADATA
# title: Only root writes /etc/issue
# description: People believe what stands above the prompt for their password.
# custom:
#   id: host.file.issue
#   kind: host
#   area: access
#   needs: [files]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.6.5"]
#     ssg: [file_permissions_etc_issue, file_owner_etc_issue, file_groupowner_etc_issue]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/issue && chmod 644 /etc/issue
package casemate.host.file.issue

import data.casemate.lib.files

path := "/etc/issue"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
