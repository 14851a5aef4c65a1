# METADATA
# title: Logs are neither open to everybody nor writable by others
# description: Logs carry addresses, names, tokens and now and then a password; and a log that others may write proves
#   nothing.
# custom:
#   id: host.file.log_files
#   kind: host
#   area: logging
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.4.1"]
#     disa_stig_ubuntu_22.04: [UBTU-22-232026]
#     disa_stig_ubuntu_24.04: [UBTU-24-700010]
#     ssg: [permissions_local_var_log, file_permissions_var_log_stig, file_permissions_var_log_apt, file_permissions_var_log_gdm, file_permissions_var_log_gdm3, file_permissions_var_log_sssd, file_permissions_var_log_cloud-init, file_permissions_var_log_localmessages, file_permissions_var_log_waagent]
#   attack: [T1070.002, T1654]
#   params:
#     mode: {type: string, default: "640", description: widest mode of a log}
#   remediation:
#     text: Take read access from others and write access from the group, and set create 0640 in logrotate.conf.
#     command: find /var/log -xdev -type f ! -name "*tmp" ! -name "*tmp.*" ! -name "lastlog*" ! -path "/var/log/apt/*" ! -path "/var/log/cloud-init*" -exec chmod g-wx,o-rwx {} +
package casemate.host.file.log_files

import data.casemate.lib.files

list := [files.journal(file) | some file in input.facets.files.below["/var/log"]] if {
	input.facets.files.below["/var/log"]
}

# What programs that run without privileges must be able to read or, by a group of their own, to write.
widest(path) := "664" if regex.match(`/([bw]tmp|lastlog)([.-][^/]*)?$`, path)

widest(path) := "660" if regex.match(`^/var/log/(gdm3?|sssd)/`, path)

widest(path) := "644" if regex.match(`^/var/log/(apt/|cloud-init[^/]*$|localmessages|waagent\.log|README$)`, path)

limit(path) := widest(path)

limit(path) := data.params.mode if not widest(path)

compliant if {
	count(list) > 0
	every file in list {
		files.narrow(file, limit(file.path))
	}
}

deny contains {
	"message": sprintf("%s has mode %s; wanted %s or stricter", [file.path, file.mode, limit(file.path)]),
	"evidence": {"path": file.path, "mode": file.mode},
} if {
	some file in list
	files.wider(file, limit(file.path))
}
