# METADATA
# title: Mail to root reaches a person
# description: cron, sudo and the audit daemon write to root; a mailbox that nobody opens is no warning.
# custom:
#   id: host.mail.root_alias
#   kind: host
#   area: services
#   needs: [mail]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R75]
#     ssg: [postfix_client_configure_mail_alias]
#   remediation:
#     text: "Add `root: SOMEBODY` to /etc/aliases and run newaliases."
package casemate.host.mail.root_alias

facts := input.facets.mail

applies if facts.agent != null

compliant if {
	is_string(facts.root_alias)
	facts.root_alias != ""
}

deny contains {"message": "/etc/aliases sends root's mail to nobody", "evidence": {"file": "/etc/aliases"}} if {
	facts.root_alias == null
	facts.agent != null
}
