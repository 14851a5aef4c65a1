# METADATA
# title: Only root writes /etc/sestatus.conf
# description: sestatus reports on the files and processes named in it, so a changed list hides trouble.
# custom:
#   id: host.file.sestatus_conf
#   kind: host
#   area: access
#   needs: [files]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_etc_sestatus_conf, file_owner_etc_sestatus_conf, file_groupowner_etc_sestatus_conf]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/sestatus.conf && chmod 644 /etc/sestatus.conf
package casemate.host.file.sestatus_conf

import data.casemate.lib.files

path := "/etc/sestatus.conf"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
