# METADATA
# title: Nobody but root changes the audit tools
# description: Whoever exchanges ausearch decides what is found.
# custom:
#   id: host.audit.tools_modes
#   kind: host
#   area: audit
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.4.8"]
#     disa_stig_ubuntu_22.04: [UBTU-22-232035]
#     disa_stig_ubuntu_24.04: [UBTU-24-901230]
#     ssg: [file_permissions_audit_binaries]
#   attack: [T1562.012]
#   remediation:
#     text: Set mode 755 or less.
#     command: "chmod go-w /sbin/auditctl /sbin/aureport /sbin/ausearch /sbin/autrace /sbin/auditd /sbin/augenrules"
package casemate.host.audit.tools_modes

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
	bits.and(facts.bits, 18) != 0
]

compliant if {
	count(tools) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("%s has mode %s; wanted 755 or less", [path, tools[path].mode]), "evidence": {"path": path, "mode": tools[path].mode, "owner": tools[path].owner, "group": tools[path].group}} if some path in bad
