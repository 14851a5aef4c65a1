# METADATA
# title: Ordinary processes leave no core dumps
# description: >-
#   A dump is a copy of memory, with the keys and passwords in it, in whatever directory the process ran. The hard
#   limit keeps users from raising it.
# custom:
#   id: host.coredump.limits
#   kind: host
#   area: kernel
#   needs: [limits]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.5.3"]
#     ssg: [disable_users_coredumps]
#   attack: [T1003]
#   params:
#     allow: {type: list, default: [], description: domains of limits.conf (users or @groups) that may dump core}
#   remediation:
#     text: Set a hard limit of 0 on core for everybody.
#     command: printf '* hard core 0\n' > /etc/security/limits.d/zz-casemate-core.conf
package casemate.host.coredump.limits

entries := input.facets.limits.entries

core := [entry | some entry in entries; entry.item == "core"; entry.kind in {"hard", "-"}]

everybody := [entry | some entry in core; entry.domain == "*"]

# pam_limits reads on to the end: the last line for everybody holds.
holding := everybody[count(everybody) - 1] if count(everybody) > 0

exceptions := [entry | some entry in core; entry.domain != "*"; entry.value != "0"; not entry.domain in data.params.allow]

compliant if {
	holding.value == "0"
	count(exceptions) == 0
}

deny contains {"message": "no line `* hard core 0` limits core dumps"} if {
	is_array(entries)
	count(everybody) == 0
}

deny contains {
	"message": sprintf("%s:%d limits core dumps to %s; wanted 0", [holding.file, holding.line, holding.value]),
	"evidence": {"file": holding.file, "line": holding.line, "value": holding.value},
} if {
	holding.value != "0"
}

deny contains {
	"message": sprintf("%s:%d lets %s dump core", [entry.file, entry.line, entry.domain]),
	"evidence": {"file": entry.file, "line": entry.line, "domain": entry.domain, "value": entry.value},
} if {
	some entry in exceptions
}
