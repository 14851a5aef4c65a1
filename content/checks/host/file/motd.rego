# METADATA
# title: Only root writes /etc/motd
# description: A message of the day can send readers to a false site or spoil their terminal with control characters.
# custom:
#   id: host.file.motd
#   kind: host
#   area: access
#   needs: [files]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.6.4"]
#     ssg: [file_permissions_etc_motd, file_owner_etc_motd, file_groupowner_etc_motd]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/motd && chmod 644 /etc/motd
package casemate.host.file.motd

import data.casemate.lib.files

path := "/etc/motd"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
