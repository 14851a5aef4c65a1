# METADATA
# title: Removable media are mounted without devices, set-user-id files and programs
# description: >-
#   A disc or stick is written elsewhere, by anybody. fstab should not let it bring privileges or programs in.
# custom:
#   id: host.mount.removable_media_restricted
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   severity: medium
#   frameworks:
#     ssg: [mount_option_nodev_removable_partitions, mount_option_nosuid_removable_partitions, mount_option_noexec_removable_partitions]
#   attack: [T1091]
#   remediation:
#     text: Add nodev, nosuid and noexec to the lines of removable media in /etc/fstab, after `user`.
package casemate.host.mount.removable_media_restricted

import data.casemate.lib.mount

removable(entry) if regex.match(`^/dev/(sr|cdrom|dvd|fd|floppy|mmcblk)`, entry.source)

removable(entry) if entry.fstype in {"iso9660", "udf", "udf,iso9660"}

lines := {path: entry | some path, entry in mount.later; removable(entry)}

applies if {
	not none
}

none if {
	mount.later
	count(lines) == 0
}

lacking contains finding if {
	some path, entry in lines
	missing := [option | some option in ["nodev", "nosuid", "noexec"]; not mount.set_in(entry.options, option)]
	count(missing) > 0
	finding := {
		"message": sprintf("%s:%d mounts %s without %s", [entry.file, entry.line, path, concat(", ", missing)]),
		"evidence": {"path": path, "file": entry.file, "line": entry.line, "options": entry.options},
	}
}

compliant if {
	count(lines) > 0
	count(lacking) == 0
}

deny contains finding if some finding in lacking
