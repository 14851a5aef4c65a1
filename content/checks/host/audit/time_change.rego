# METADATA
# title: Setting the clock is recorded
# description: Whoever sets the clock decides what the logs say about when things happened.
# custom:
#   id: host.audit.time_change
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.4"]
#     anssi_bp_028: [R73]
#     ssg: [audit_rules_time_adjtimex, audit_rules_time_clock_settime, audit_rules_time_settimeofday]
#   attack: [T1070.006]
#   remediation:
#     text: Record adjtimex, settimeofday, clock_settime for both architectures.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S adjtimex,settimeofday,clock_settime -k time-change' '-a always,exit -F arch=b32 -S adjtimex,settimeofday,clock_settime -k time-change' > /etc/audit/rules.d/50-casemate-time-change.rules) && augenrules --load"
package casemate.host.audit.time_change

import data.casemate.lib.audit

calls := ["adjtimex", "settimeofday", "clock_settime"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, {"a0=0x0", "a0=0"}, false)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
