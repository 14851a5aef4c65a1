# METADATA
# title: Changes of the password history are recorded
# description: Emptying the history of old passwords makes reuse possible again.
# custom:
#   id: host.audit.accounts_opasswd
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.3.8"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654140]
#     disa_stig_ubuntu_24.04: [UBTU-24-200320]
#     ssg: [audit_rules_usergroup_modification_opasswd]
#   attack: [T1098]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/security/opasswd.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/security/opasswd -p wa -k identity' > /etc/audit/rules.d/50-casemate-accounts-opasswd.rules) && augenrules --load"
package casemate.host.audit.accounts_opasswd

import data.casemate.lib.audit

paths := ["/etc/security/opasswd"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
