# METADATA
# title: The audit configuration belongs to root
# description: The owner of a rules file decides what is seen.
# custom:
#   id: host.audit.config_owner
#   kind: host
#   area: audit
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.4.6"]
#     disa_stig_ubuntu_22.04: [UBTU-22-653070]
#     disa_stig_ubuntu_24.04: [UBTU-24-900050]
#     ssg: [file_ownership_audit_configuration]
#   attack: [T1562.012]
#   remediation:
#     text: Give the files to root.
#     command: "find /etc/audit -type f \\( -name \"*.conf\" -o -name \"*.rules\" \\) -exec chown root {} +"
package casemate.host.audit.config_owner

files := [file |
	some file in list
	some suffix in [".conf", ".rules"]
	endswith(file.path, suffix)
] if list := input.facets.files.below["/etc/audit"]

applies if count(files) > 0

bad := [file |
	some file in files
	file.uid != 0
]

compliant if {
	count(files) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("%s belongs to user %d; wanted root", [file.path, file.uid]), "evidence": {"path": file.path, "mode": file.mode, "owner": file.owner, "group": file.group}} if some file in bad
