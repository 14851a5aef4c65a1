# METADATA
# title: sudo asks for the password again after a while
# description: Until then whoever sits down at an unlocked terminal is root.
# custom:
#   id: host.sudo.timestamp_timeout
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.2.6"], ssg: [sudo_require_reauthentication]}
#   attack: [T1548.003]
#   params:
#     most: {type: int, default: 15, description: most minutes until the password is asked for again}
#   remediation:
#     text: Set timestamp_timeout to 15 minutes or less.
#     command: printf 'Defaults timestamp_timeout=15\n' > /etc/sudoers.d/casemate-timestamp-timeout && chmod 440 /etc/sudoers.d/casemate-timestamp-timeout && visudo -c
package casemate.host.sudo.timestamp_timeout

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

# Minutes, perhaps with a fraction; a negative number means for ever. 15 is built in.
entries := [entry | some entry in input.facets.sudoers.defaults; entry.name == "timestamp_timeout"]

fits(value) if {
	regex.match(`^[0-9]{1,6}(\.[0-9]+)?$`, value)
	to_number(value) <= data.params.most
}

# Not asking for the time at all is the strictest.
fits(value) if value == "false"

compliant if {
	is_array(input.facets.sudoers.defaults)
	fits(object.get(input.facets.sudoers.effective, "timestamp_timeout", "15"))
	every entry in entries {
		scoped_right(entry)
	}
}

scoped_right(entry) if entry.scope == ""

scoped_right(entry) if fits(entry.value)

deny contains {
	"message": sprintf("timestamp_timeout is %s; wanted 0 to %d minutes", [value, data.params.most]),
	"evidence": {"timestamp_timeout": value},
} if {
	value := object.get(input.facets.sudoers.effective, "timestamp_timeout", "15")
	not fits(value)
}

deny contains {
	"message": sprintf("timestamp_timeout is %s for %s (%s)", [entry.value, entry.scope, sudo.place(entry)]),
	"evidence": entry,
} if {
	some entry in entries
	entry.scope != ""
	not fits(entry.value)
}
