# METADATA
# title: The audit tools belong to root
# description: The owner of a program may exchange it.
# custom:
#   id: host.audit.tools_owner
#   kind: host
#   area: audit
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.4.9"]
#     disa_stig_ubuntu_22.04: [UBTU-22-232110]
#     disa_stig_ubuntu_24.04: [UBTU-24-901240]
#     ssg: [file_ownership_audit_binaries]
#   attack: [T1562.012]
#   remediation:
#     text: Give the tools to root.
#     command: "chown root /sbin/auditctl /sbin/aureport /sbin/ausearch /sbin/autrace /sbin/auditd /sbin/augenrules"
package casemate.host.audit.tools_owner

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
	facts.uid != 0
]

compliant if {
	count(tools) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("%s belongs to user %d; wanted root", [path, tools[path].uid]), "evidence": {"path": path, "mode": tools[path].mode, "owner": tools[path].owner, "group": tools[path].group}} if some path in bad
