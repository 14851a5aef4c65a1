# METADATA
# title: Loading of BPF programs and perf probes is recorded
# description: BPF programs see and change what the kernel does, and modern rootkits are made of them.
# custom:
#   id: host.audit.bpf
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: low
#   attack: [T1014]
#   remediation:
#     text: Record bpf, perf_event_open for both architectures, for every login.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S bpf,perf_event_open -F auid>=1000 -F auid!=unset -k bpf' '-a always,exit -F arch=b32 -S bpf,perf_event_open -F auid>=1000 -F auid!=unset -k bpf' > /etc/audit/rules.d/50-casemate-bpf.rules) && augenrules --load"
package casemate.host.audit.bpf

import data.casemate.lib.audit

calls := ["bpf", "perf_event_open"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
