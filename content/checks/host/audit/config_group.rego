# METADATA
# title: The audit configuration belongs to root's group
# description: A group of people that may read the rules knows where the gaps are.
# custom:
#   id: host.audit.config_group
#   kind: host
#   area: audit
#   needs: [files]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.4.7"]
#     disa_stig_ubuntu_22.04: [UBTU-22-653075]
#     disa_stig_ubuntu_24.04: [UBTU-24-900060]
#     ssg: [file_groupownership_audit_configuration]
#   attack: [T1562.012]
#   remediation:
#     text: Give the files to the group root.
#     command: "find /etc/audit -type f \\( -name \"*.conf\" -o -name \"*.rules\" \\) -exec chgrp root {} +"
package casemate.host.audit.config_group

files := [file |
	some file in list
	some suffix in [".conf", ".rules"]
	endswith(file.path, suffix)
] if list := input.facets.files.below["/etc/audit"]

applies if count(files) > 0

bad := [file |
	some file in files
	file.gid != 0
]

compliant if {
	count(files) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("%s belongs to group %d; wanted root", [file.path, file.gid]), "evidence": {"path": file.path, "mode": file.mode, "owner": file.owner, "group": file.group}} if some file in bad
