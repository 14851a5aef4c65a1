# METADATA
# title: chrony does not run as root
# description: chronyd parses what strangers send it; it needs the right to set the clock and nothing more.
# custom:
#   id: host.time.chrony_user
#   kind: host
#   area: time
#   needs: [time_sync]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.3.3.2"]
#     ssg: [chronyd_run_as_chrony_user]
#   attack: [T1068]
#   remediation:
#     text: Set `user _chrony`.
#     command: "printf 'user _chrony\\n' > /etc/chrony/conf.d/casemate-user.conf && systemctl restart chrony.service"
package casemate.host.time.chrony_user

facts := input.facets.time_sync

applies if "chrony" in facts.installed

# Debian builds chronyd to change to `_chrony` where nothing else is said.
user := "_chrony" if {
	facts.chrony_user == null
	"chrony" in facts.installed
}

user := facts.chrony_user if is_string(facts.chrony_user)

compliant if user in {"_chrony", "chrony", "ntp"}

deny contains {"message": sprintf("chronyd runs as %s; wanted _chrony", [user]), "evidence": {"found": user}} if {
	user
	not compliant
}
