# METADATA
# title: "/dev/shm has the sticky bit"
# description: Programs share memory through files here; without the bit others may replace them.
# custom:
#   id: host.file.dev_shm
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: high
#   attack: [T1222.002]
#   remediation:
#     text: Set mode 1777 on /dev/shm.
#     command: chown root:root /dev/shm && chmod 1777 /dev/shm
package casemate.host.file.dev_shm

import data.casemate.lib.files

path := "/dev/shm"

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
