# METADATA
# title: The audit log belongs to a group of administrators
# description: Members of the file's group read it where the mode lets them.
# custom:
#   id: host.audit.log_group
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.4.3"]
#     disa_stig_ubuntu_22.04: [UBTU-22-653055]
#     disa_stig_ubuntu_24.04: [UBTU-24-901350]
#     ssg: [file_group_ownership_var_log_audit]
#   attack: [T1070.002]
#   remediation:
#     text: Give the audit logs to the group root or adm.
#     command: "find /var/log/audit -type f -exec chgrp root {} +"
package casemate.host.audit.log_group

files := input.facets.auditd.log_files

bad := [file |
	some file in files
	not file.group in {"root", "adm"}
] if is_array(files)

applies if count(files) > 0

compliant if {
	count(files) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("%s belongs to group %v; wanted root or adm", [file.path, file.group]), "evidence": {"path": file.path, "mode": file.mode, "owner": file.owner, "group": file.group}} if {
	some file in bad
}
