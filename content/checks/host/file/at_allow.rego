# METADATA
# title: Only root writes /etc/at.allow
# description: It names those who may queue jobs with at.
# custom:
#   id: host.file.at_allow
#   kind: host
#   area: services
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.4.2.1"]
#     ssg: [file_permissions_at_allow, file_owner_at_allow, file_groupowner_at_allow]
#   attack: [T1053.002]
#   remediation:
#     text: Give the file to root with mode 640.
#     command: chown root:daemon /etc/at.allow && chmod 640 /etc/at.allow
package casemate.host.file.at_allow

import data.casemate.lib.files

path := "/etc/at.allow"

wanted := {"mode": "640", "owners": ["root"], "groups": ["root", "daemon"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
