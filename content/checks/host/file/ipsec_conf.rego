# METADATA
# title: Only root writes /etc/ipsec.conf
# description: It says which traffic is protected, with whom, and which commands run when a tunnel comes up.
# custom:
#   id: host.file.ipsec_conf
#   kind: host
#   area: network
#   needs: [files]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_etc_ipsec_conf, file_owner_etc_ipsec_conf, file_groupowner_etc_ipsec_conf]
#   attack: [T1222.002]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/ipsec.conf && chmod 644 /etc/ipsec.conf
package casemate.host.file.ipsec_conf

import data.casemate.lib.files

path := "/etc/ipsec.conf"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
