# METADATA
# title: Changes of file modes are recorded
# description: A set-id bit on a copy of a shell is a door kept open; chmod is the call that makes it.
# custom:
#   id: host.audit.permission_modes
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.9"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654155]
#     disa_stig_ubuntu_24.04: [UBTU-24-900150]
#     ssg:
#       - audit_rules_dac_modification_chmod
#       - audit_rules_dac_modification_fchmod
#       - audit_rules_dac_modification_fchmodat
#   attack: [T1222.002]
#   remediation:
#     text: Record chmod, fchmod, fchmodat for both architectures, for every login.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S chmod,fchmod,fchmodat -F auid>=1000 -F auid!=unset -k perm_mod' '-a always,exit -F arch=b32 -S chmod,fchmod,fchmodat -F auid>=1000 -F auid!=unset -k perm_mod' > /etc/audit/rules.d/50-casemate-permission-modes.rules) && augenrules --load"
package casemate.host.audit.permission_modes

import data.casemate.lib.audit

calls := ["chmod", "fchmod", "fchmodat"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
