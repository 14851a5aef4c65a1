# METADATA
# title: Network shares bring neither devices nor set-user-id files along
# description: >-
#   Whoever controls the server of a share decides what lies on it. Without these options that includes programs that
#   run as root here.
# custom:
#   id: host.mount.network_shares_restricted
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: high
#   frameworks:
#     ssg: [mount_option_nosuid_remote_filesystems, mount_option_nodev_remote_filesystems]
#   attack: [T1548.001]
#   remediation:
#     text: Add nodev and nosuid to every NFS and SMB line of /etc/fstab and remount the shares.
package casemate.host.mount.network_shares_restricted

import data.casemate.lib.mount

remote := {"nfs", "nfs4", "cifs", "smb3", "smbfs", "glusterfs", "ceph", "fuse.sshfs", "9p", "afs"}

paths contains path if {
	some path, entry in mount.now
	lower(entry.fstype) in remote
}

paths contains path if {
	some path, entry in mount.later
	lower(entry.fstype) in remote
}

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
	every path in paths {
		every option in {"nodev", "nosuid"} { mount.restricted(path, option) }
	}
}

deny contains finding if {
	some path in paths
	some option in {"nodev", "nosuid"}
	some finding in mount.loose(path, option)
}
