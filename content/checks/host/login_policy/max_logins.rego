# METADATA
# title: One user has a few sessions at most
# description: A user with dozens of sessions is a program, or somebody else.
# custom:
#   id: host.login_policy.max_logins
#   kind: host
#   area: access
#   needs: [limits]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-412020]
#     disa_stig_ubuntu_24.04: [UBTU-24-200000]
#     ssg: [accounts_max_concurrent_login_sessions]
#   attack: [T1499]
#   params:
#     most: {type: int, default: 10, description: most sessions of one user}
#   remediation:
#     text: Add `* hard maxlogins 10` in /etc/security/limits.d.
#     command: printf '* hard maxlogins 10\n' > /etc/security/limits.d/60-casemate-maxlogins.conf
package casemate.host.login_policy.max_logins

import data.casemate.lib.accounts

entries := [entry |
	some entry in input.facets.limits.entries
	entry.domain == "*"
	entry.item == "maxlogins"
	entry.kind in {"hard", "-"}
]

# A line for a user or a group counts before the one for everybody.
exceptions := [entry |
	some entry in input.facets.limits.entries
	not entry.domain in {"*", "root"}
	entry.item == "maxlogins"
	not few(entry)
]

few(entry) if {
	n := accounts.integer(entry.value)
	n >= 0
	n <= data.params.most
}

# A later line for the same domain wins.
last := entries[count(entries) - 1]

fits if few(last)

compliant if {
	fits
	count(exceptions) == 0
}

deny contains {
	"message": sprintf(
		"maxlogins is %s for %s (%s:%d); wanted %d or less",
		[entry.value, entry.domain, entry.file, entry.line, data.params.most],
	),
	"evidence": entry,
} if {
	some entry in exceptions
}

deny contains {
	"message": sprintf(
		"maxlogins is %s (%s:%d); wanted %d or less",
		[last.value, last.file, last.line, data.params.most],
	),
	"evidence": last,
} if {
	last
	not fits
}

deny contains {"message": "no line limits the logins of one user", "evidence": {"entries": []}} if {
	is_array(input.facets.limits.entries)
	count(entries) == 0
}
