# METADATA
# title: Only root writes the public SSH host keys
# description: They are what administrators copy into known_hosts files; a replaced one makes clients trust somebody
#   else.
# custom:
#   id: host.sshd.public_key_mode
#   kind: host.sshd
#   area: access
#   needs: [files]
#   severity: low
#   frameworks:
#     cis_debian_12: ["5.1.3"]
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_sshd_pub_key, file_ownership_sshd_pub_key, file_groupownership_sshd_pub_key]
#   attack: [T1222.002]
#   remediation:
#     text: Give the public keys to root with mode 644.
#     command: find /etc/ssh -xdev -type f -name "ssh_host_*_key.pub" -exec chown root:root {} + -exec chmod 644 {} +
package casemate.host.sshd.public_key_mode

import data.casemate.lib.files

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

list := input.facets.files.public_keys

compliant if {
	count(list) > 0
	files.right_below(list, wanted)
}

deny contains {
	"message": sprintf("%s: %s", [wrong.path, concat("; ", sort(wrong.faults))]),
	"evidence": wrong,
} if {
	some wrong in files.wrong_below(list, wanted)
}
