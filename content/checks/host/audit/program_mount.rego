# METADATA
# title: Each use of mount and umount is recorded
# description: mount and umount are set-id on Debian, so a user may use them where fstab permits.
# custom:
#   id: host.audit.program_mount
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654065, UBTU-22-654115]
#     disa_stig_ubuntu_24.04: [UBTU-24-900090, UBTU-24-900100]
#     ssg: [audit_rules_privileged_commands_mount, audit_rules_privileged_commands_umount]
#   attack: [T1052.001]
#   remediation:
#     text: Record each start of /usr/bin/mount and /usr/bin/umount by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/mount -F perm=x -F auid>=1000 -F auid!=unset -k privileged' '-a always,exit -F path=/usr/bin/umount -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-mount.rules) && augenrules --load"
package casemate.host.audit.program_mount

import data.casemate.lib.audit

programs := ["/usr/bin/mount", "/usr/bin/umount"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
