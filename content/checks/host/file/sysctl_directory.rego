# METADATA
# title: Only root writes to /etc/sysctl.d
# description: The next boot takes kernel settings from it, kernel.core_pattern with its command too.
# custom:
#   id: host.file.sysctl_directory
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [directory_permissions_etc_sysctld, directory_owner_etc_sysctld, directory_groupowner_etc_sysctld]
#   attack: [T1222.002]
#   remediation:
#     text: Give the directory to root with mode 755.
#     command: chown root:root /etc/sysctl.d && chmod 755 /etc/sysctl.d
package casemate.host.file.sysctl_directory

import data.casemate.lib.files

path := "/etc/sysctl.d"

wanted := {"mode": "755", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
