# METADATA
# title: Changes of systemd units are recorded
# description: A new service or timer runs as root from the next boot on, whatever happens to the account that made it.
# custom:
#   id: host.audit.units
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   attack: [T1543.002, T1053.006]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/systemd/system.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/systemd/system -p wa -k units' > /etc/audit/rules.d/50-casemate-units.rules) && augenrules --load"
package casemate.host.audit.units

import data.casemate.lib.audit

paths := ["/etc/systemd/system"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
