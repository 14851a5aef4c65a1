# METADATA
# title: The audit configuration is closed to others
# description: What is not recorded is what an intruder reads first, and changes next.
# custom:
#   id: host.audit.config_modes
#   kind: host
#   area: audit
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.4.5"]
#     disa_stig_ubuntu_22.04: [UBTU-22-653065]
#     disa_stig_ubuntu_24.04: [UBTU-24-900040]
#     ssg: [file_permissions_etc_audit_auditd, file_permissions_etc_audit_rules, file_permissions_etc_audit_rulesd]
#   attack: [T1562.012]
#   remediation:
#     text: Set mode 640 or less.
#     command: "find /etc/audit -type f \\( -name \"*.conf\" -o -name \"*.rules\" \\) -exec chmod u-x,g-wx,o-rwx {} +"
package casemate.host.audit.config_modes

files := [file |
	some file in list
	some suffix in [".conf", ".rules"]
	endswith(file.path, suffix)
] if list := input.facets.files.below["/etc/audit"]

applies if count(files) > 0

bad := [file |
	some file in files
	bits.and(file.bits, 95) != 0
]

compliant if {
	count(files) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("%s has mode %s; wanted 640 or less", [file.path, file.mode]), "evidence": {"path": file.path, "mode": file.mode, "owner": file.owner, "group": file.group}} if some file in bad
