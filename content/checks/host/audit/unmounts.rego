# METADATA
# title: Unmounting of file systems is recorded
# description: Taking away a file system of logs or of secrets is as telling as mounting one.
# custom:
#   id: host.audit.unmounts
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R73]
#     ssg: [audit_rules_dac_modification_umount2]
#   attack: [T1562]
#   remediation:
#     text: Record umount2 for both architectures, for every login.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S umount2 -F auid>=1000 -F auid!=unset -k mounts' '-a always,exit -F arch=b32 -S umount2 -F auid>=1000 -F auid!=unset -k mounts' > /etc/audit/rules.d/50-casemate-unmounts.rules) && augenrules --load"
package casemate.host.audit.unmounts

import data.casemate.lib.audit

calls := ["umount2"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
