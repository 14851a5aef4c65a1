# METADATA
# title: Each use of kmod is recorded
# description: insmod, rmmod and modprobe are names of kmod; a watch on the one file sees them all.
# custom:
#   id: host.audit.program_kmod
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.19"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654055, UBTU-22-654060]
#     disa_stig_ubuntu_24.04: [UBTU-24-900730, UBTU-24-900740]
#     ssg:
#       - audit_rules_privileged_commands_insmod
#       - audit_rules_privileged_commands_kmod
#       - audit_rules_privileged_commands_modprobe
#       - audit_rules_privileged_commands_rmmod
#   attack: [T1547.006]
#   remediation:
#     text: Record each start of /usr/bin/kmod by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/kmod -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-kmod.rules) && augenrules --load"
package casemate.host.audit.program_kmod

import data.casemate.lib.audit

programs := ["/usr/bin/kmod"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
