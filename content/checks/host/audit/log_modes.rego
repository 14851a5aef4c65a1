# METADATA
# title: Only root reads the audit log
# description: The log holds commands, paths and user names, and whoever may write it may forge it.
# custom:
#   id: host.audit.log_modes
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: high
#   frameworks:
#     cis_debian_12: ["6.2.4.1"]
#     disa_stig_ubuntu_22.04: [UBTU-22-653045]
#     disa_stig_ubuntu_24.04: [UBTU-24-901300]
#     ssg: [file_permissions_var_log_audit]
#   attack: [T1070.002]
#   remediation:
#     text: Set mode 640 or less on the audit logs.
#     command: "find /var/log/audit -type f -exec chmod u-x,g-wx,o-rwx {} +"
package casemate.host.audit.log_modes

files := input.facets.auditd.log_files

bad := [file |
	some file in files
	bits.and(file.bits, 95) != 0
] if is_array(files)

applies if count(files) > 0

compliant if {
	count(files) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("%s has mode %s; wanted 640 or less", [file.path, file.mode]), "evidence": {"path": file.path, "mode": file.mode, "owner": file.owner, "group": file.group}} if {
	some file in bad
}
