# METADATA
# title: Changes of the sudo rules are recorded
# description: Whoever can add a line to sudoers owns the machine; the record shows which login did it.
# custom:
#   id: host.audit.sudoers
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.1"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654220, UBTU-22-654225]
#     disa_stig_ubuntu_24.04: [UBTU-24-900510, UBTU-24-900520]
#     ssg: [audit_rules_sudoers, audit_rules_sudoers_d, audit_rules_sysadmin_actions]
#   attack: [T1548.003]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/sudoers, /etc/sudoers.d.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/sudoers -p wa -k scope' '-w /etc/sudoers.d -p wa -k scope' > /etc/audit/rules.d/50-casemate-sudoers.rules) && augenrules --load"
package casemate.host.audit.sudoers

import data.casemate.lib.audit

paths := ["/etc/sudoers", "/etc/sudoers.d"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
