# METADATA
# title: Changes of file modes by the newest call are recorded
# description: >-
#   Since Linux 6.6 fchmodat2 does what fchmodat did; a rule set that does not know it has a hole. Older kernels do
#   not have the call.
# custom:
#   id: host.audit.permission_modes_new
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R73]
#     ssg: [audit_rules_dac_modification_fchmodat2]
#   attack: [T1222.002]
#   remediation:
#     text: Record fchmodat2 (number 452 everywhere) for both architectures.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S 452 -F auid>=1000 -F auid!=unset -k perm_mod' '-a always,exit -F arch=b32 -S 452 -F auid>=1000 -F auid!=unset -k perm_mod' > /etc/audit/rules.d/50-casemate-permission-modes-new.rules) && augenrules --load"
package casemate.host.audit.permission_modes_new

import data.casemate.lib.audit

identity := input.facets.identity

version := regex.find_all_string_submatch_n(`^([0-9]+)\.([0-9]+)`, identity.kernel_release, 1)[0] if {
	is_string(identity.kernel_release)
}

older if to_number(version[1]) < 6

older if {
	to_number(version[1]) == 6
	to_number(version[2]) < 6
}

# A kernel that is not known may have the call.
applies if not older

missing := audit.missing_calls(input.facets.audit_rules, identity.arch, ["fchmodat2"], set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
