# METADATA
# title: "/var/tmp has the sticky bit"
# description: Files here outlive a reboot, so a swapped one has all the time it needs.
# custom:
#   id: host.file.var_tmp
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: high
#   frameworks: {anssi_bp_028: [R54], ssg: [dir_perms_world_writable_sticky_bits]}
#   attack: [T1222.002]
#   remediation:
#     text: Set mode 1777 on /var/tmp.
#     command: chown root:root /var/tmp && chmod 1777 /var/tmp
package casemate.host.file.var_tmp

import data.casemate.lib.files

path := "/var/tmp"

facts := files.at(path)

# The bit is needed only where somebody else than the owner may write.
sticky if bits.and(facts.bits, 512) == 512

open if bits.and(facts.bits, 18) != 0

closed if bits.and(facts.bits, 18) == 0

applies if not files.absent(path)

compliant if {
	files.present(path)
	facts.uid == 0
	sticky
}

compliant if {
	files.present(path)
	facts.uid == 0
	closed
}

deny contains {
	"message": sprintf("%s has mode %s; wanted 1777", [path, facts.mode]),
	"evidence": files.evidence(path),
} if {
	open
	not sticky
}

deny contains {
	"message": sprintf("%s is owned by %s; wanted root", [path, files.owner(facts)]),
	"evidence": files.evidence(path),
} if {
	facts.uid != 0
}
