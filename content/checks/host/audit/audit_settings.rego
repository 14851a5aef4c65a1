# METADATA
# title: Changes of the audit rules themselves are recorded
# description: Whoever wants to work unseen first edits the list of what is seen.
# custom:
#   id: host.audit.audit_settings
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R73]
#   attack: [T1562.012]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/audit.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/audit -p wa -k auditconfig' > /etc/audit/rules.d/50-casemate-audit-settings.rules) && augenrules --load"
package casemate.host.audit.audit_settings

import data.casemate.lib.audit

paths := ["/etc/audit"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
