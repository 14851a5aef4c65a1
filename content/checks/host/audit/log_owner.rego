# METADATA
# title: The audit log belongs to root
# description: The owner of a file may always change its mode, and then its content.
# custom:
#   id: host.audit.log_owner
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: high
#   frameworks:
#     cis_debian_12: ["6.2.4.2"]
#     disa_stig_ubuntu_22.04: [UBTU-22-653050]
#     disa_stig_ubuntu_24.04: [UBTU-24-901310]
#     ssg: [file_ownership_var_log_audit_stig]
#   attack: [T1070.002]
#   remediation:
#     text: Give the audit logs to root.
#     command: "find /var/log/audit -type f -exec chown root {} +"
package casemate.host.audit.log_owner

files := input.facets.auditd.log_files

bad := [file |
	some file in files
	file.uid != 0
] if is_array(files)

applies if count(files) > 0

compliant if {
	count(files) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("%s belongs to user %d; wanted root", [file.path, file.uid]), "evidence": {"path": file.path, "mode": file.mode, "owner": file.owner, "group": file.group}} if {
	some file in bad
}
