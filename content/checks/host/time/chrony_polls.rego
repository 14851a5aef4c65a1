# METADATA
# title: chrony asks its servers at least every 18 hours
# description: >-
#   A clock that is compared too seldom drifts between the questions. Without maxpoll, chrony asks every 17 minutes
#   at the latest.
# custom:
#   id: host.time.chrony_polls
#   kind: host
#   area: time
#   needs: [time_sync]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-252010]
#     disa_stig_ubuntu_24.04: [UBTU-24-600160]
#     ssg: [chronyd_or_ntpd_set_maxpoll]
#   params:
#     maxpoll: {type: int, default: 16, description: "greatest power of two, in seconds, between two questions"}
#   remediation:
#     text: Remove maxpoll, or set it to 16 or less.
package casemate.host.time.chrony_polls

facts := input.facets.time_sync

applies if {
	"chrony" in facts.installed
	count(facts.chrony_servers) > 0
}

# Two to the power of maxpoll seconds.
seldom := [line |
	some line in facts.chrony_servers
	found := regex.find_all_string_submatch_n(`maxpoll +([0-9]+)`, line, 1)
	to_number(found[0][1]) > data.params.maxpoll
] if is_array(facts.chrony_servers)

compliant if {
	count(facts.chrony_servers) > 0
	count(seldom) == 0
}

deny contains {"message": sprintf("`%s` asks too seldom; wanted maxpoll %d or less", [line, data.params.maxpoll]), "evidence": {"line": line}} if some line in seldom
