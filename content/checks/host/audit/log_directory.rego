# METADATA
# title: Nobody but root changes the directory of the audit log
# description: Who may write the directory may delete or exchange the log, whatever the mode of the file.
# custom:
#   id: host.audit.log_directory
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: high
#   frameworks:
#     cis_debian_12: ["6.2.4.4"]
#     disa_stig_ubuntu_22.04: [UBTU-22-653060]
#     disa_stig_ubuntu_24.04: [UBTU-24-901380]
#     ssg: [directory_permissions_var_log_audit]
#   attack: [T1070.002]
#   remediation:
#     text: Give /var/log/audit to root with mode 750.
#     command: "chown root /var/log/audit && chmod g-w,o-rwx /var/log/audit"
package casemate.host.audit.log_directory

directory := input.facets.auditd.log_directory

applies if directory.exists == true

# At most rwxr-x---, and nothing at all for others.
compliant if {
	directory.exists == true
	directory.uid == 0
	bits.and(directory.bits, 23) == 0
}

deny contains {"message": sprintf("the log directory has mode %s and owner %d; wanted 750 or less and root", [directory.mode, directory.uid]), "evidence": {"mode": directory.mode, "uid": directory.uid}} if {
	directory.exists == true
	not compliant
	directory.mode
}
