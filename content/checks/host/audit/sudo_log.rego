# METADATA
# title: Changes of the sudo log are recorded
# description: Where sudo writes a log of its own, cutting lines from it is the next step of whoever misused it.
# custom:
#   id: host.audit.sudo_log
#   kind: host
#   area: audit
#   needs: [audit_rules, sudoers]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.3"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654235]
#     disa_stig_ubuntu_24.04: [UBTU-24-500010]
#     ssg: [audit_sudo_log_events]
#   attack: [T1070.002]
#   remediation:
#     text: Let sudo write a log file and watch that file.
#     command: "printf 'Defaults logfile=/var/log/sudo.log\\n' > /etc/sudoers.d/50-casemate-log && chmod 440 /etc/sudoers.d/50-casemate-log && (umask 027 && printf '%s\\n' '-w /var/log/sudo.log -p wa -k sudo_log_file' > /etc/audit/rules.d/50-casemate-sudo-log.rules) && augenrules --load"
package casemate.host.audit.sudo_log

import data.casemate.lib.audit

settings := input.facets.sudoers.effective

log := trim(settings.logfile, "\"")

gaps := audit.unwatched(input.facets.audit_rules, [log])

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of the sudo log %s", [log]), "evidence": {"path": log, "wanted": "perm=wa"}} if {
	count(gaps) > 0
}

deny contains {"message": "sudo writes no log file of its own, so there is none to watch", "evidence": {"wanted": "Defaults logfile=/var/log/sudo.log"}} if {
	not settings.logfile
	is_object(settings)
	input.facets.audit_rules.rules
}
