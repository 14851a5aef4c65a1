# METADATA
# title: Changes of the AppArmor policy are recorded
# description: A profile that is loosened or removed takes the walls from around a service and leaves no other trace.
# custom:
#   id: host.audit.mac_policy
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.14"]
#     anssi_bp_028: [R73]
#     ssg:
#       - audit_rules_mac_modification
#       - audit_rules_mac_modification_etc_apparmor
#       - audit_rules_mac_modification_etc_apparmor_d
#   attack: [T1562.001]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/apparmor, /etc/apparmor.d.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/apparmor -p wa -k MAC-policy' '-w /etc/apparmor.d -p wa -k MAC-policy' > /etc/audit/rules.d/50-casemate-mac-policy.rules) && augenrules --load"
package casemate.host.audit.mac_policy

import data.casemate.lib.audit

paths := ["/etc/apparmor", "/etc/apparmor.d"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
