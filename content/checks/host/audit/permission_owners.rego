# METADATA
# title: Changes of file owners are recorded
# description: Giving a file to another user, or taking it, changes who may read secrets and who may run as whom.
# custom:
#   id: host.audit.permission_owners
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.9"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654160]
#     disa_stig_ubuntu_24.04: [UBTU-24-900140]
#     ssg:
#       - audit_rules_dac_modification_chown
#       - audit_rules_dac_modification_fchown
#       - audit_rules_dac_modification_fchownat
#       - audit_rules_dac_modification_lchown
#   attack: [T1222.002]
#   remediation:
#     text: Record chown, fchown, fchownat, lchown for both architectures, for every login.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S chown,fchown,fchownat,lchown -F auid>=1000 -F auid!=unset -k perm_mod' '-a always,exit -F arch=b32 -S chown,fchown,fchownat,lchown -F auid>=1000 -F auid!=unset -k perm_mod' > /etc/audit/rules.d/50-casemate-permission-owners.rules) && augenrules --load"
package casemate.host.audit.permission_owners

import data.casemate.lib.audit

calls := ["chown", "fchown", "fchownat", "lchown"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
