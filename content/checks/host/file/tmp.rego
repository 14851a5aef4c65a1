# METADATA
# title: "/tmp has the sticky bit"
# description: Without the bit any user may delete or replace the temporary files of any other, root's too.
# custom:
#   id: host.file.tmp
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: high
#   frameworks: {anssi_bp_028: [R54], ssg: [dir_perms_world_writable_sticky_bits]}
#   attack: [T1222.002]
#   remediation:
#     text: Set mode 1777 on /tmp.
#     command: chown root:root /tmp && chmod 1777 /tmp
package casemate.host.file.tmp

import data.casemate.lib.files

path := "/tmp"

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
