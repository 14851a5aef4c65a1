# METADATA
# title: File systems that servers seldom use are kept out
# description: >-
#   Each driver reads structures that somebody else wrote to a disk, and the less it is used, the longer its holes
#   live. A desktop's automounter or a helper with privileges may mount on behalf of an ordinary user.
# custom:
#   id: host.module.rare_filesystems
#   kind: host
#   area: filesystem
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.1.10"]
#   attack: [T1068]
#   params:
#     allow: {type: list, default: [], description: names of modules that are in use here}
#   remediation:
#     text: Block the file systems that nothing here uses; name the others in the parameter.
#     command: printf 'install %s /bin/false\nblacklist %s\n' adfs adfs affs affs afs afs befs befs bfs bfs ceph ceph efs efs gfs2 gfs2 hpfs hpfs jfs jfs minix minix nilfs2 nilfs2 ntfs3 ntfs3 ocfs2 ocfs2 omfs omfs qnx4 qnx4 qnx6 qnx6 reiserfs reiserfs sysv sysv ufs ufs > /etc/modprobe.d/casemate-rare-filesystems.conf
package casemate.host.module.rare_filesystems

import data.casemate.lib.module

# Module to the build option that makes it.
options := {
	"adfs": "CONFIG_ADFS_FS",
	"affs": "CONFIG_AFFS_FS",
	"afs": "CONFIG_AFS_FS",
	"befs": "CONFIG_BEFS_FS",
	"bfs": "CONFIG_BFS_FS",
	"ceph": "CONFIG_CEPH_FS",
	"efs": "CONFIG_EFS_FS",
	"gfs2": "CONFIG_GFS2_FS",
	"hpfs": "CONFIG_HPFS_FS",
	"jfs": "CONFIG_JFS_FS",
	"minix": "CONFIG_MINIX_FS",
	"nilfs2": "CONFIG_NILFS2_FS",
	"ntfs3": "CONFIG_NTFS3_FS",
	"ocfs2": "CONFIG_OCFS2_FS",
	"omfs": "CONFIG_OMFS_FS",
	"qnx4": "CONFIG_QNX4FS_FS",
	"qnx6": "CONFIG_QNX6FS_FS",
	"reiserfs": "CONFIG_REISERFS_FS",
	"sysv": "CONFIG_SYSV_FS",
	"ufs": "CONFIG_UFS_FS",
}

watched := {name: option | some name, option in options; not name in data.params.allow}

compliant if {
	every name, option in watched { module.kept_out(name, option) }
}

deny contains finding if {
	some name, option in watched
	some finding in module.open(name, option)
}
