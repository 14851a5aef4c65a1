# METADATA
# title: Swap space on disk is encrypted
# description: >-
#   Whatever a process keeps in memory, keys and passwords included, may be written to swap and stay there after the
#   host is off.
# custom:
#   id: host.mount.swap_encrypted
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   severity: low
#   attack: [T1005]
#   remediation:
#     text: >-
#       Put swap on a dm-crypt device with a random key (crypttab: `swap_crypt DEVICE /dev/urandom swap`), or on
#       encrypted LVM.
package casemate.host.mount.swap_encrypted

import data.casemate.lib.mount

swaps := {path: entry | some path, entry in mount.later; entry.fstype == "swap"}

applies if not none

none if {
	mount.later
	count(swaps) == 0
}

# A mapped device says nothing of encryption by itself, and a plain UUID may name one, so neither is judged.
plain(entry) if regex.match(`^/dev/(sd|vd|hd|xvd|nvme|mmcblk)`, entry.source)

encrypted(entry) if regex.match(`^(/dev/mapper/[^/]*crypt|/dev/zram)`, entry.source)

compliant if {
	count(swaps) > 0
	every entry in swaps { encrypted(entry) }
}

deny contains finding if {
	some entry in swaps
	plain(entry)
	finding := {
		"message": sprintf("%s:%d swaps to %s without encryption", [entry.file, entry.line, entry.source]),
		"evidence": {"source": entry.source, "file": entry.file, "line": entry.line},
	}
}
