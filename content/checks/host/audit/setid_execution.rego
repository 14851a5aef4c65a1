# METADATA
# title: Programs that gain root by a set-id bit are recorded
# description: A forgotten set-user-id file gives root without any password; this record is where its use shows.
# custom:
#   id: host.audit.setid_execution
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654230]
#     disa_stig_ubuntu_24.04: [UBTU-24-200580]
#     ssg: [audit_rules_suid_privilege_function]
#   attack: [T1548.001]
#   remediation:
#     text: Record execve that ends with the effective user or group 0 and began with another, for both architectures.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S execve -C uid!=euid -F euid=0 -k execpriv' '-a always,exit -F arch=b64 -S execve -C gid!=egid -F egid=0 -k execpriv' '-a always,exit -F arch=b32 -S execve -C uid!=euid -F euid=0 -k execpriv' '-a always,exit -F arch=b32 -S execve -C gid!=egid -F egid=0 -k execpriv' > /etc/audit/rules.d/50-casemate-setid-execution.rules) && augenrules --load"
package casemate.host.audit.setid_execution

import data.casemate.lib.audit

# [what differs, what is gained]
ways := [["uid!=euid", "euid!=uid", "euid=0"], ["gid!=egid", "egid!=gid", "egid=0"]]

records(rule, abi, way) if {
	rule.form == "syscall"
	rule.path == null
	audit.speaks(rule, abi)
	audit.names_call(rule, "execve")
	not audit.call_refused(rule, abi, "execve")
	count(rule.compares) == 1
	rule.compares[0] in {way[0], way[1]}
	every field in rule.fields {
		field == way[2]
	}
}

records(rule, abi, _) if audit.call_recorded([rule], abi, "execve", set(), false)

missing := sort([sprintf("%s %s", [abi, way[2]]) |
	some abi in audit.abis(machine)
	some way in ways
	count([1 | some rule in rules; records(rule, abi, way)]) == 0
]) if {
	rules := audit.active(input.facets.audit_rules)
	machine := input.facets.identity.arch
}

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records execve that gains %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
