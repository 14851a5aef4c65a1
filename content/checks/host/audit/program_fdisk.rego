# METADATA
# title: Each use of fdisk is recorded
# description: A partition table that is rewritten destroys a system, or hides a part of the disk.
# custom:
#   id: host.audit.program_fdisk
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654045]
#     disa_stig_ubuntu_24.04: [UBTU-24-900750]
#     ssg: [audit_rules_privileged_commands_fdisk]
#   attack: [T1561.002]
#   remediation:
#     text: Record each start of /usr/sbin/fdisk by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/sbin/fdisk -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-fdisk.rules) && augenrules --load"
package casemate.host.audit.program_fdisk

import data.casemate.lib.audit

programs := ["/usr/sbin/fdisk"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
