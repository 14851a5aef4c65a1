# METADATA
# title: No audit rule switches all records off
# description: >-
#   `-a never,task` without a filter is shipped by some distributions to save time; with it no system call is ever
#   recorded.
# custom:
#   id: host.audit.not_silenced
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: high
#   attack: [T1562.012]
#   params:
#     droppable: {type: list, default: [CWD, PROCTITLE], description: types of records that may be left out}
#   remediation:
#     text: Remove the rule, or give it a filter that names what it leaves out.
#     command: "grep -rlE '^-a +(never,task|task,never) *$' /etc/audit/rules.d | xargs -r sed -i -E '/^-a +(never,task|task,never) *$/d' && augenrules --load"
package casemate.host.audit.not_silenced

import data.casemate.lib.audit

rules := input.facets.audit_rules.rules

silencing := [rule | some rule in rules; audit.stops_all_tasks(rule)]

silencing_calls := [rule | some rule in rules; audit.stops_all_calls(rule)]

# Types of records that an investigation stands on.
needed := {
	"SYSCALL", "PATH", "EXECVE", "CWD", "PROCTITLE", "LOGIN", "USER_LOGIN", "USER_AUTH", "USER_ACCT", "USER_CMD", "USER_START",
	"ADD_USER", "DEL_USER", "CONFIG_CHANGE", "AVC",
}

dropped := [[rule, type] |
	some rule in rules
	rule.list in {"always,exclude", "never,exclude", "exclude,always", "exclude,never"}
	some field in rule.fields
	startswith(field, "msgtype=")
	type := trim_prefix(field, "msgtype=")
	type in needed
	not type in data.params.droppable
]

compliant if {
	is_array(rules)
	count(silencing) == 0
	count(silencing_calls) == 0
	count(dropped) == 0
}

deny contains {"message": sprintf("records of type %s are left out by %s", [pair[1], pair[0].file]), "evidence": {"file": pair[0].file, "line": pair[0].line}} if {
	some pair in dropped
}

deny contains {"message": sprintf("`%s` without a filter in %s switches records off", [rule.list, rule.file]), "evidence": {"file": rule.file, "line": rule.line}} if {
	some rule in array.concat(silencing, silencing_calls)
}
