# METADATA
# title: Only root reads /etc/ipsec.secrets
# description: Shared keys of the VPN stand in it in plain text.
# custom:
#   id: host.file.ipsec_secrets
#   kind: host
#   area: network
#   needs: [files]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_etc_ipsec_secrets, file_owner_etc_ipsec_secrets, file_groupowner_etc_ipsec_secrets]
#   attack: [T1552.001]
#   remediation:
#     text: Give the file to root with mode 600.
#     command: chown root:root /etc/ipsec.secrets && chmod 600 /etc/ipsec.secrets
package casemate.host.file.ipsec_secrets

import data.casemate.lib.files

path := "/etc/ipsec.secrets"

wanted := {"mode": "600", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
