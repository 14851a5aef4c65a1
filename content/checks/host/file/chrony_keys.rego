# METADATA
# title: Only root and chrony read the keys of the time service
# description: With such a key an attacker can answer for the time server and set this clock back.
# custom:
#   id: host.file.chrony_keys
#   kind: host
#   area: time
#   needs: [files]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_etc_chrony_keys, file_owner_etc_chrony_keys, file_groupowner_etc_chrony_keys]
#   attack: [T1552.001]
#   remediation:
#     text: Give the file to root:_chrony with mode 640.
#     command: chown root:_chrony /etc/chrony/chrony.keys && chmod 640 /etc/chrony/chrony.keys
package casemate.host.file.chrony_keys

import data.casemate.lib.files

path := "/etc/chrony/chrony.keys"

wanted := {"mode": "640", "owners": ["root"], "groups": ["root", "_chrony"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
