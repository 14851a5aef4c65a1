# METADATA
# title: A failure of the audit system does not go unnoticed
# description: >-
#   `-f` says what the kernel does when it cannot record: 0 is silence, 1 writes to the kernel log, 2 stops the
#   machine.
# custom:
#   id: host.audit.failure_mode
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   attack: [T1562.012]
#   params:
#     allowed: {type: list, default: ["1", "2"], description: accepted values of -f}
#   remediation:
#     text: Put `-f 1` (or `-f 2` where no act may go unrecorded) into a rules file.
#     command: "(umask 027 && printf '%s\\n' '-f 1' > /etc/audit/rules.d/01-casemate-failure.rules) && augenrules --load"
package casemate.host.audit.failure_mode

facts := input.facets.audit_rules

compliant if facts.failure_mode in data.params.allowed

# The kernel's own default is 1.
compliant if {
	facts.failure_mode == null
	"1" in data.params.allowed
}

shown := object.get({"null": "the default, 1"}, [json.marshal(facts.failure_mode)], facts.failure_mode)

deny contains {"message": sprintf("the failure mode is %s; wanted one of %s", [shown, concat(", ", data.params.allowed)]), "evidence": {"found": facts.failure_mode}} if {
	facts.rules
	shown
	not compliant
}
