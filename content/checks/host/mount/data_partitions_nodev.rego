# METADATA
# title: No local data file system holds working device nodes
# description: >-
#   Devices belong into /dev and, at a stretch, the root file system. Anywhere else a device node gives direct access
#   to disks or memory to whoever may open it.
# custom:
#   id: host.mount.data_partitions_nodev
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R28]
#     ssg: [mount_option_nodev_nonroot_local_partitions]
#   attack: [T1006]
#   params:
#     allow: {type: list, default: [], description: mount points that may hold devices}
#   remediation:
#     text: Add nodev to every data file system in /etc/fstab and remount it.
package casemate.host.mount.data_partitions_nodev

import data.casemate.lib.mount

local := {"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "vfat", "exfat", "reiserfs", "zfs", "bcachefs"}

paths contains path if {
	some path, entry in mount.now
	lower(entry.fstype) in local
	not exempt(path)
}

paths contains path if {
	some path, entry in mount.later
	lower(entry.fstype) in local
	not exempt(path)
}

# The root file system may hold them; a bind mount of a single file holds nothing.
exempt(path) if path == "/"

exempt(path) if path in data.params.allow

exempt(path) if startswith(path, "/etc/")

known if {
	mount.later
	not mount.live
}

known if {
	mount.later
	mount.now
}

compliant if {
	known
	every path in paths { mount.restricted(path, "nodev") }
}

deny contains finding if {
	some path in paths
	some finding in mount.loose(path, "nodev")
}
