# METADATA
# title: Warnings of the audit daemon reach root
# description: A warning sent to nobody is none.
# custom:
#   id: host.audit.mail_account
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.2.4"]
#     disa_stig_ubuntu_22.04: [UBTU-22-653025]
#     disa_stig_ubuntu_24.04: [UBTU-24-900980]
#     ssg: [auditd_data_retention_action_mail_acct]
#   params:
#     allowed: {type: list, default: [root], description: accepted accounts}
#   remediation:
#     text: Set action_mail_acct = root, and see that root's mail is read.
#     command: "sed -i -E '/^[[:space:]]*action_mail_acct[[:space:]]*=/Id' /etc/audit/auditd.conf && printf 'action_mail_acct = root\\n' >> /etc/audit/auditd.conf && pkill -HUP -x auditd"
package casemate.host.audit.mail_account

facts := input.facets.auditd

found := lower(object.get(facts.settings, "action_mail_acct", "root")) if facts.present == true

compliant if found in {lower(value) | some value in data.params.allowed}

deny contains {"message": sprintf("action_mail_acct is %s; wanted one of %s", [found, concat(", ", data.params.allowed)]), "evidence": {"file": "/etc/audit/auditd.conf", "found": found}} if {
	found
	not compliant
}

deny contains {"message": "there is no auditd.conf", "evidence": {"file": "/etc/audit/auditd.conf"}} if facts.present == false
