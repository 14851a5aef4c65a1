# METADATA
# title: Only root writes /etc/at.deny
# description: Whoever is on this list must not be able to leave it.
# custom:
#   id: host.file.at_deny
#   kind: host
#   area: services
#   needs: [files]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.4.2.1"]
#     ssg: [file_permissions_at_deny, file_owner_at_deny, file_groupowner_at_deny]
#   attack: [T1053.002]
#   remediation:
#     text: Give the file to root with mode 640, or replace it with at.allow.
#     command: chown root:daemon /etc/at.deny && chmod 640 /etc/at.deny
package casemate.host.file.at_deny

import data.casemate.lib.files

path := "/etc/at.deny"

wanted := {"mode": "640", "owners": ["root"], "groups": ["root", "daemon"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
