# METADATA
# title: Only root reads and writes sshd_config
# description: Whoever writes it decides who may log in; whoever reads it learns which accounts and networks are let
#   in.
# custom:
#   id: host.sshd.config_mode
#   kind: host.sshd
#   area: access
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.1.1"]
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_sshd_config, file_owner_sshd_config, file_groupowner_sshd_config]
#   attack: [T1222.002, T1098.004]
#   remediation:
#     text: Give sshd_config and its drop-ins to root with mode 600.
#     command: find /etc/ssh/sshd_config /etc/ssh/sshd_config.d -type f -exec chown root:root {} + -exec chmod 600 {} +
package casemate.host.sshd.config_mode

import data.casemate.lib.files

wanted := {"mode": "600", "owners": ["root"], "groups": ["root"]}

list := input.facets.files.config

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
