# METADATA
# title: The audit queue is long enough for a burst
# description: When the queue is full, records are lost; an intruder can fill it on purpose.
# custom:
#   id: host.audit.backlog
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   attack: [T1562.012]
#   params:
#     minimum: {type: int, default: 8192, description: least number of records in the queue}
#   remediation:
#     text: Put `-b 8192` into a rules file.
#     command: "(umask 027 && printf '%s\\n' '-b 8192' > /etc/audit/rules.d/02-casemate-backlog.rules) && augenrules --load"
package casemate.host.audit.backlog

facts := input.facets.audit_rules

compliant if facts.backlog_limit >= data.params.minimum

deny contains {"message": sprintf("the queue holds %d records; wanted %d or more", [facts.backlog_limit, data.params.minimum]), "evidence": {"found": facts.backlog_limit}} if {
	is_number(facts.backlog_limit)
	facts.backlog_limit < data.params.minimum
}

deny contains {"message": sprintf("no `-b` is set, and the kernel's default of 64 records is short; wanted %d or more", [data.params.minimum]), "evidence": {"found": null}} if {
	facts.backlog_limit == null
}
