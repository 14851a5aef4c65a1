# METADATA
# title: AIDE watches the audit tools
# description: An intruder who replaces ausearch or auditctl decides what the audit trail shows.
# custom:
#   id: host.integrity.aide_audit_tools
#   kind: host
#   area: audit
#   needs: [integrity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.3.3"]
#     anssi_bp_028: [R76]
#     disa_stig_ubuntu_22.04: [UBTU-22-651030]
#     disa_stig_ubuntu_24.04: [UBTU-24-909890]
#     ssg: [aide_check_audit_tools, aide_verify_acls, aide_verify_ext_attributes]
#   attack: [T1562.001, T1554]
#   remediation:
#     text: Add the six audit tools to the configuration of AIDE and make the database anew.
#     command: printf '/usr/sbin/%s p+i+n+u+g+s+b+acl+xattrs+sha512\n' auditctl auditd ausearch aureport autrace augenrules > /etc/aide/aide.conf.d/90_casemate_audit_tools
package casemate.host.integrity.aide_audit_tools

integrity := input.facets.integrity

tools := {"auditctl", "auditd", "ausearch", "aureport", "autrace", "augenrules"}

wanted := {"p", "i", "n", "u", "g", "s", "b", "acl", "xattrs"}

strong := {"sha512", "sha512_256", "sha3_512", "stribog512"}

lines := integrity.aide_audit_tools

attributes(path) := {word | some word in split(lines[path], "+")}

covered(tool) if {
	some path, _ in lines
	endswith(path, sprintf("/%s", [tool]))
	words := attributes(path)
	count(wanted - words) == 0
	count(words & strong) > 0
}

missing := [tool | some tool in tools; not covered(tool)]

compliant if {
	"aide" in integrity.installed
	every tool in tools { covered(tool) }
}

deny contains {"message": sprintf("AIDE does not watch %s with %s", [tool, "p+i+n+u+g+s+b+acl+xattrs+sha512"]), "evidence": {"tool": tool}} if {
	is_object(lines)
	some tool in missing
}

deny contains {"message": "AIDE is not installed"} if {
	installed := integrity.installed
	not "aide" in installed
}
