# METADATA
# title: The audit tools belong to root's group
# description: A group that owns a tool needs only one wrong mode to change it.
# custom:
#   id: host.audit.tools_group
#   kind: host
#   area: audit
#   needs: [files]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.4.10"]
#     disa_stig_ubuntu_24.04: [UBTU-24-901250]
#     ssg: [file_groupownership_audit_binaries]
#   attack: [T1562.012]
#   remediation:
#     text: Give the tools to the group root.
#     command: "chgrp root /sbin/auditctl /sbin/aureport /sbin/ausearch /sbin/autrace /sbin/auditd /sbin/augenrules"
package casemate.host.audit.tools_group

names := ["auditctl", "aureport", "ausearch", "autrace", "auditd", "augenrules"]

tools := {path: facts |
	some name in names
	path := sprintf("/sbin/%s", [name])
	facts := list[path]
	facts.exists == true
} if list := input.facets.files.paths

applies if count(tools) > 0

bad := [path |
	some path, facts in tools
	facts.gid != 0
]

compliant if {
	count(tools) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("%s belongs to group %d; wanted root", [path, tools[path].gid]), "evidence": {"path": path, "mode": tools[path].mode, "owner": tools[path].owner, "group": tools[path].group}} if some path in bad
