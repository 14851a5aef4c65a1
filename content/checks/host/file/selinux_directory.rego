# METADATA
# title: Only root writes to /etc/selinux
# description: A line in its config file turns SELinux off at the next boot.
# custom:
#   id: host.file.selinux_directory
#   kind: host
#   area: access
#   needs: [files]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [directory_permissions_etc_selinux, directory_owner_etc_selinux, directory_groupowner_etc_selinux]
#   attack: [T1562.001]
#   remediation:
#     text: Give the directory to root with mode 755.
#     command: chown root:root /etc/selinux && chmod 755 /etc/selinux
package casemate.host.file.selinux_directory

import data.casemate.lib.files

path := "/etc/selinux"

wanted := {"mode": "755", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
