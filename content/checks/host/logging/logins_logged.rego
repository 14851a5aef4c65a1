# METADATA
# title: rsyslog writes logins to a file
# description: >-
#   Logins, sudo and su are logged under auth and authpriv; a rule that forgets them loses the first thing one looks
#   for.
# custom:
#   id: host.logging.logins_logged
#   kind: host
#   area: logging
#   needs: [logging]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.3.5"]
#     disa_stig_ubuntu_22.04: [UBTU-22-652015]
#     disa_stig_ubuntu_24.04: [UBTU-24-200090]
#     ssg: [rsyslog_remote_access_monitoring]
#   attack: [T1562.006]
#   remediation:
#     text: Write auth,authpriv.* to /var/log/auth.log.
#     command: "printf '%s\\n' 'auth,authpriv.* /var/log/auth.log' > /etc/rsyslog.d/10-casemate-auth.conf && systemctl restart rsyslog.service"
package casemate.host.logging.logins_logged

facts := input.facets.logging

applies if facts.rsyslog_present == true

files_of(facility) := [rule |
	some rule in facts.rsyslog_rules
	selects(rule.selector, facility)
	contains(rule.action, "/")
]

selects(selector, facility) if {
	some part in split(selector, ";")
	pieces := split(trim_space(part), ".")
	count(pieces) == 2
	names := {trim_space(name) | some name in split(pieces[0], ",")}
	some wanted in [facility, "*"]
	wanted in names
	pieces[1] in {"*", "debug", "info", "notice"}
	not excluded(selector, facility)
}

excluded(selector, facility) if {
	some part in split(selector, ";")
	pieces := split(trim_space(part), ".")
	pieces[1] == "none"
	facility in {trim_space(name) | some name in split(pieces[0], ",")}
}

missing := [facility |
	some facility in ["auth", "authpriv"]
	count(files_of(facility)) == 0
] if is_array(facts.rsyslog_rules)

compliant if count(missing) == 0

deny contains {"message": sprintf("no rsyslog rule writes %s to a file", [facility]), "evidence": {"facility": facility}} if some facility in missing
