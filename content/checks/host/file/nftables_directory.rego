# METADATA
# title: Only root writes to /etc/nftables
# description: Rule files that nftables.conf includes lie here, and the next reload takes them as they are.
# custom:
#   id: host.file.nftables_directory
#   kind: host
#   area: network
#   needs: [files]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [directory_permissions_etc_nftables, directory_owner_etc_nftables, directory_groupowner_etc_nftables]
#   attack: [T1562.004]
#   remediation:
#     text: Give the directory to root with mode 755.
#     command: chown root:root /etc/nftables && chmod 755 /etc/nftables
package casemate.host.file.nftables_directory

import data.casemate.lib.files

path := "/etc/nftables"

wanted := {"mode": "755", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
