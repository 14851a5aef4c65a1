# METADATA
# title: The audit rules are locked until the next boot
# description: With -e 2 not even root can change or empty the rules without a reboot, which nobody overlooks.
# custom:
#   id: host.audit.immutable
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.20"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_24.04: [UBTU-24-909000]
#     ssg: [audit_rules_immutable]
#   attack: [T1562.012]
#   remediation:
#     text: Put `-e 2` into the last file of rules.d, and load the rules; from then on changes need a reboot.
#     command: "(umask 027 && printf '%s\\n' '-e 2' > /etc/audit/rules.d/99-finalize.rules) && augenrules --load"
package casemate.host.audit.immutable

facts := input.facets.audit_rules

compliant if facts.immutable == true

deny contains {"message": "the last control rule is not `-e 2`, so root can change the audit rules at any time", "evidence": {"immutable": false}} if {
	facts.immutable == false
}
