# METADATA
# title: Changes of kernel settings and module lists are recorded
# description: These files switch protections off at the next boot, long after the intruder has gone.
# custom:
#   id: host.audit.kernel_settings
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   attack: [T1562, T1547.006]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/sysctl.conf, /etc/sysctl.d, /etc/modprobe.d.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/sysctl.conf -p wa -k kernel-config' '-w /etc/sysctl.d -p wa -k kernel-config' '-w /etc/modprobe.d -p wa -k kernel-config' > /etc/audit/rules.d/50-casemate-kernel-settings.rules) && augenrules --load"
package casemate.host.audit.kernel_settings

import data.casemate.lib.audit

paths := ["/etc/sysctl.conf", "/etc/sysctl.d", "/etc/modprobe.d"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
