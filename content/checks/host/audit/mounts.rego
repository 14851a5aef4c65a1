# METADATA
# title: Mounting of file systems is recorded
# description: A mount brings in foreign data, carries data out, or lays a prepared directory over a trusted one.
# custom:
#   id: host.audit.mounts
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.10"]
#     anssi_bp_028: [R73]
#     ssg: [audit_rules_media_export]
#   attack: [T1052.001]
#   remediation:
#     text: Record mount for both architectures, for every login.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S mount -F auid>=1000 -F auid!=unset -k mounts' '-a always,exit -F arch=b32 -S mount -F auid>=1000 -F auid!=unset -k mounts' > /etc/audit/rules.d/50-casemate-mounts.rules) && augenrules --load"
package casemate.host.audit.mounts

import data.casemate.lib.audit

calls := ["mount"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
