# METADATA
# title: Only root enters /etc/ipsec.d
# description: Keys and certificates of the VPN lie in it.
# custom:
#   id: host.file.ipsec_directory
#   kind: host
#   area: network
#   needs: [files]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [directory_permissions_etc_ipsecd, directory_owner_etc_ipsecd, directory_groupowner_etc_ipsecd]
#   attack: [T1552.004]
#   remediation:
#     text: Give the directory to root with mode 700.
#     command: chown root:root /etc/ipsec.d && chmod 700 /etc/ipsec.d
package casemate.host.file.ipsec_directory

import data.casemate.lib.files

path := "/etc/ipsec.d"

wanted := {"mode": "700", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
