# METADATA
# title: The old module calls are recorded
# description: >-
#   create_module and query_module come from old kernels; nothing honest calls them today, so a record is a find.
# custom:
#   id: host.audit.module_queries
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.3.19"]
#     ssg: [audit_rules_kernel_module_loading_create, audit_rules_kernel_module_loading_query]
#   attack: [T1547.006]
#   remediation:
#     text: Record create_module, query_module for both architectures, for every login.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S create_module,query_module -F auid>=1000 -F auid!=unset -k kernel_modules' '-a always,exit -F arch=b32 -S create_module,query_module -F auid>=1000 -F auid!=unset -k kernel_modules' > /etc/audit/rules.d/50-casemate-module-queries.rules) && augenrules --load"
package casemate.host.audit.module_queries

import data.casemate.lib.audit

calls := ["create_module", "query_module"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
