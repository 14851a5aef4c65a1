# METADATA
# title: Changes of extended attributes are recorded
# description: >-
#   Access lists, file capabilities and security labels are extended attributes; setting one can grant as much as a
#   set-id bit.
# custom:
#   id: host.audit.permission_attributes
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.9"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654180]
#     disa_stig_ubuntu_24.04: [UBTU-24-900130]
#     ssg:
#       - audit_rules_dac_modification_fremovexattr
#       - audit_rules_dac_modification_fsetxattr
#       - audit_rules_dac_modification_lremovexattr
#       - audit_rules_dac_modification_lsetxattr
#       - audit_rules_dac_modification_removexattr
#       - audit_rules_dac_modification_setxattr
#   attack: [T1222.002]
#   remediation:
#     text: Record setxattr, lsetxattr, fsetxattr, removexattr, lremovexattr, fremovexattr for both architectures, for every login.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S setxattr,lsetxattr,fsetxattr,removexattr,lremovexattr,fremovexattr -F auid>=1000 -F auid!=unset -k perm_mod' '-a always,exit -F arch=b32 -S setxattr,lsetxattr,fsetxattr,removexattr,lremovexattr,fremovexattr -F auid>=1000 -F auid!=unset -k perm_mod' > /etc/audit/rules.d/50-casemate-permission-attributes.rules) && augenrules --load"
package casemate.host.audit.permission_attributes

import data.casemate.lib.audit

calls := ["setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
