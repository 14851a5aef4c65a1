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
#   remediation:
#     text: Remove the rule, or give it a filter that names what it leaves out.
#     command: "grep -rlE '^-a +(never,task|task,never) *$' /etc/audit/rules.d | xargs -r sed -i -E '/^-a +(never,task|task,never) *$/d' && augenrules --load"
package casemate.host.audit.not_silenced

import data.casemate.lib.audit

rules := input.facets.audit_rules.rules

silencing := [rule | some rule in rules; audit.stops_all_tasks(rule)]

silencing_calls := [rule | some rule in rules; audit.stops_all_calls(rule)]

compliant if {
	is_array(rules)
	count(silencing) == 0
	count(silencing_calls) == 0
}

deny contains {"message": sprintf("`%s` without a filter in %s switches records off", [rule.list, rule.file]), "evidence": {"file": rule.file, "line": rule.line}} if {
	some rule in array.concat(silencing, silencing_calls)
}
