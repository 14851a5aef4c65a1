# METADATA
# title: Programs that people run as another user are recorded
# description: With sudo and its kin the log shows only the borrowed name; the audit record keeps the login behind it.
# custom:
#   id: host.audit.user_emulation
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.2"]
#     ssg: [audit_rules_suid_auid_privilege_function]
#   attack: [T1548]
#   remediation:
#     text: Record execve where the effective and the real user differ, for both architectures.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -C euid!=uid -F auid!=unset -S execve -k user_emulation' '-a always,exit -F arch=b32 -C euid!=uid -F auid!=unset -S execve -k user_emulation' > /etc/audit/rules.d/50-casemate-user-emulation.rules) && augenrules --load"
package casemate.host.audit.user_emulation

import data.casemate.lib.audit

# The effective user differs from the real one, and a person stands behind it.
records(rule, abi) if {
	rule.form == "syscall"
	rule.path == null
	audit.speaks(rule, abi)
	audit.names_call(rule, "execve")
	not audit.call_refused(rule, abi, "execve")
	count(rule.compares) > 0
	every compare in rule.compares {
		compare in {"euid!=uid", "uid!=euid"}
	}
	every field in rule.fields {
		audit.of_people(field)
	}
}

# All program starts of people: more than what is asked for.
records(rule, abi) if audit.call_recorded([rule], abi, "execve", set(), true)

missing := sort([abi |
	some abi in audit.abis(machine)
	count([1 | some rule in rules; records(rule, abi)]) == 0
]) if {
	rules := audit.active(input.facets.audit_rules)
	machine := input.facets.identity.arch
}

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s execve as another user (-C euid!=uid)", [concat(" and ", missing)]), "evidence": {"missing": missing}} if {
	count(missing) > 0
}
