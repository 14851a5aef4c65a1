# METADATA
# title: Every audit rule can be understood
# description: auditctl stops at the first line it cannot read, so all rules behind it are not loaded.
# custom:
#   id: host.audit.well_formed
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   attack: [T1562.012]
#   remediation:
#     text: Correct or remove the line, then load the rules with `augenrules --load`.
package casemate.host.audit.well_formed

lines := input.facets.audit_rules.malformed

compliant if count(lines) == 0

deny contains {"message": sprintf("line %d of %s is no audit rule; those behind it are not loaded", [place.line, place.file]), "evidence": place} if {
	some place in lines
}
