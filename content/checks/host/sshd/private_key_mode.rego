# METADATA
# title: Only root reads the SSH host keys
# description: With a copy of a host key an attacker stands in for this server, and users notice nothing.
# custom:
#   id: host.sshd.private_key_mode
#   kind: host.sshd
#   area: access
#   needs: [files]
#   severity: high
#   frameworks:
#     cis_debian_12: ["5.1.2"]
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_sshd_private_key, file_ownership_sshd_private_key, file_groupownership_sshd_private_key]
#   attack: [T1552.004, T1557]
#   remediation:
#     text: Give the keys to root with mode 600.
#     command: find /etc/ssh -xdev -type f -name "ssh_host_*_key" -exec chown root:root {} + -exec chmod 600 {} +
package casemate.host.sshd.private_key_mode

import data.casemate.lib.files

# Red Hat lends host keys to a helper program by the group ssh_keys, with mode 640.
wanted(file) := {"mode": "640", "owners": ["root"], "groups": ["ssh_keys"]} if file.group == "ssh_keys"

wanted(file) := {"mode": "600", "owners": ["root"], "groups": ["root"]} if file.group != "ssh_keys"

wanted(file) := {"mode": "600", "owners": ["root"], "groups": ["root"]} if file.group == null

list := input.facets.files.private_keys

compliant if {
	count(list) > 0
	every file in list {
		files.right(file, wanted(file))
	}
}

deny contains {
	"message": sprintf("%s: %s", [file.path, concat("; ", sort(faults))]),
	"evidence": {"path": file.path, "faults": faults},
} if {
	some file in list
	faults := files.faults(file, wanted(file))
	count(faults) > 0
}
