# METADATA
# title: Each use of a set-id program is recorded
# description: >-
#   Set-id programs lend their owner's rights to whoever starts them. The list is what stands on this disk, not what
#   a guide expects.
# custom:
#   id: host.audit.privileged_programs
#   kind: host
#   area: audit
#   needs: [audit_rules, privileged_files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.6"]
#     anssi_bp_028: [R73]
#     ssg: [audit_rules_privileged_commands]
#   attack: [T1548.001]
#   remediation:
#     text: Record each start of each set-id program by people; make the list anew after installing software.
#     command: "(umask 027 && find / -xdev -type f -perm /6000 2>/dev/null | sed 's|.*|-a always,exit -F path=& -F perm=x -F auid>=1000 -F auid!=unset -k privileged|' > /etc/audit/rules.d/50-casemate-privileged.rules) && augenrules --load"
package casemate.host.audit.privileged_programs

import data.casemate.lib.audit

programs := sort({file.path |
	some list in [input.facets.privileged_files.setuid, input.facets.privileged_files.setgid]
	some file in list
}) if {
	input.facets.privileged_files.setuid
	input.facets.privileged_files.setgid
	input.facets.privileged_files.truncated == false
}

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
