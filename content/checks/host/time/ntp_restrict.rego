# METADATA
# title: The old NTP daemon answers no control questions
# description: ntpd tells strangers about itself, and amplified floods, unless it is told to refuse.
# custom:
#   id: host.time.ntp_restrict
#   kind: host
#   area: time
#   needs: [time_sync]
#   severity: medium
#   attack: [T1498.002]
#   remediation:
#     text: Add `restrict default kod nomodify nopeer noquery limited`.
package casemate.host.time.ntp_restrict

facts := input.facets.time_sync

applies if {
	some name in ["ntp", "ntpsec"]
	name in facts.installed
}

good(family) if {
	some line in facts.ntp_restrict
	words := split(line, " ")
	"default" in words
	about(words, family)
	every word in ["nomodify", "noquery"] {
		word in words
	}
}

# Without -4 or -6 the line holds for both.
about(words, family) if family in words

about(words, _) if {
	not "-4" in words
	not "-6" in words
}

missing := [family |
	some family in ["-4", "-6"]
	not good(family)
] if is_array(facts.ntp_restrict)

compliant if count(missing) == 0

deny contains {"message": sprintf("no `restrict %s default … nomodify noquery`", [family]), "evidence": {"found": facts.ntp_restrict}} if some family in missing
