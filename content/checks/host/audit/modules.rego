# METADATA
# title: Loading and removing of kernel modules is recorded
# description: A module runs inside the kernel and can hide anything, this record included, once it is in.
# custom:
#   id: host.audit.modules
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: high
#   frameworks:
#     cis_debian_12: ["6.2.3.19"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654170, UBTU-22-654175]
#     disa_stig_ubuntu_24.04: [UBTU-24-900340, UBTU-24-900350]
#     ssg:
#       - audit_rules_kernel_module_loading_delete
#       - audit_rules_kernel_module_loading_finit
#       - audit_rules_kernel_module_loading_init
#   attack: [T1547.006]
#   remediation:
#     text: Record init_module, finit_module, delete_module for both architectures, for every login.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S init_module,finit_module,delete_module -F auid>=1000 -F auid!=unset -k kernel_modules' '-a always,exit -F arch=b32 -S init_module,finit_module,delete_module -F auid>=1000 -F auid!=unset -k kernel_modules' > /etc/audit/rules.d/50-casemate-modules.rules) && augenrules --load"
package casemate.host.audit.modules

import data.casemate.lib.audit

calls := ["init_module", "finit_module", "delete_module"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
