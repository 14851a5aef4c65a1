# METADATA
# title: Only root writes /etc/shells
# description: Programs that hand out logins trust this list to tell people from services.
# custom:
#   id: host.file.shells
#   kind: host
#   area: accounts
#   needs: [files]
#   severity: low
#   frameworks:
#     cis_debian_12: ["7.1.9"]
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_etc_shells, file_owner_etc_shells, file_groupowner_etc_shells]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/shells && chmod 644 /etc/shells
package casemate.host.file.shells

import data.casemate.lib.files

path := "/etc/shells"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
