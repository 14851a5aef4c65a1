# METADATA
# title: Only root writes to /etc/iptables
# description: The firewall is loaded from it at boot.
# custom:
#   id: host.file.iptables_directory
#   kind: host
#   area: network
#   needs: [files]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [directory_permissions_etc_iptables, directory_owner_etc_iptables, directory_groupowner_etc_iptables]
#   attack: [T1562.004]
#   remediation:
#     text: Give the directory to root with mode 755.
#     command: chown root:root /etc/iptables && chmod 755 /etc/iptables
package casemate.host.file.iptables_directory

import data.casemate.lib.files

path := "/etc/iptables"

wanted := {"mode": "755", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
