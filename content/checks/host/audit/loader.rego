# METADATA
# title: Changes of the loader configuration are recorded
# description: >-
#   ld.so.preload puts a foreign library into every program that starts; the loader paths do the same more quietly.
# custom:
#   id: host.audit.loader
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   attack: [T1574.006]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/ld.so.preload, /etc/ld.so.conf, /etc/ld.so.conf.d.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/ld.so.preload -p wa -k loader' '-w /etc/ld.so.conf -p wa -k loader' '-w /etc/ld.so.conf.d -p wa -k loader' > /etc/audit/rules.d/50-casemate-loader.rules) && augenrules --load"
package casemate.host.audit.loader

import data.casemate.lib.audit

paths := ["/etc/ld.so.preload", "/etc/ld.so.conf", "/etc/ld.so.conf.d"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
