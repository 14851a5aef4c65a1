# METADATA
# title: Root's start-up files do not widen the mask of new files
# description: Dumps, keys and logs that root writes by hand are readable by everybody under the usual mask.
# custom:
#   id: host.root.umask
#   kind: host
#   area: accounts
#   needs: [login_policy]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.4.2.6"], ssg: [accounts_umask_root]}
#   attack: [T1083]
#   params:
#     umask: {type: string, default: "027", description: bits that must be taken away}
#   remediation:
#     text: Set umask 027 in /root/.bashrc and /root/.profile, or remove the line so that that of the system counts.
#     command: for f in /root/.bashrc /root/.profile; do sed -i -E '/^[[:space:]]*umask[[:space:]]/d' "$f" && printf 'umask 027\n' >> "$f"; done
package casemate.host.root.umask

import data.casemate.lib.accounts

umasks := input.facets.login_policy.root_umasks

strict(line) if accounts.umask_strict(line.value, data.params.umask)

# Root's own files set none, so the mask of the system counts, which another check judges.
compliant if {
	is_array(umasks)
	every line in umasks {
		strict(line)
	}
}

deny contains {
	"message": sprintf(
		"umask %s (%s:%d); wanted %s or stricter",
		[line.value, line.file, line.line, data.params.umask],
	),
	"evidence": line,
} if {
	some line in umasks
	not strict(line)
}
