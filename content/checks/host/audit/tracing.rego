# METADATA
# title: Attaching to other processes is recorded
# description: >-
#   ptrace reads the memory of running programs, with the passwords and keys in it, and writes code into them.
# custom:
#   id: host.audit.tracing
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: medium
#   attack: [T1055.008, T1003]
#   remediation:
#     text: Record ptrace, process_vm_readv, process_vm_writev for both architectures, for every login.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S ptrace,process_vm_readv,process_vm_writev -F auid>=1000 -F auid!=unset -k tracing' '-a always,exit -F arch=b32 -S ptrace,process_vm_readv,process_vm_writev -F auid>=1000 -F auid!=unset -k tracing' > /etc/audit/rules.d/50-casemate-tracing.rules) && augenrules --load"
package casemate.host.audit.tracing

import data.casemate.lib.audit

calls := ["ptrace", "process_vm_readv", "process_vm_writev"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
