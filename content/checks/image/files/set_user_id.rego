# METADATA
# title: No file of the image lends privileges beyond those that distributions ship
# description: >-
#   In a container such a file is how a process that lost its privileges gets them back.
#   Those that every Debian, Red Hat or Alpine brings (mount, passwd, su and the like) are expected.
# custom:
#   id: image.files.set_user_id
#   kind: image
#   area: files
#   needs: [files, software]
#   severity: medium
#   frameworks:
#     cis_docker: ["4.8"]
#   attack: [T1548.001]
#   params:
#     expected:
#       type: list
#       default: [/bin/bbsuid, /bin/mount, /bin/su, /bin/umount, /sbin/unix_chkpwd, /usr/bin/chage, /usr/bin/chfn, /usr/bin/chsh, /usr/bin/expiry, /usr/bin/gpasswd, /usr/bin/mount, /usr/bin/newgidmap, /usr/bin/newgrp, /usr/bin/newuidmap, /usr/bin/passwd, /usr/bin/ssh-agent, /usr/bin/su, /usr/bin/umount, /usr/bin/wall, /usr/bin/write, /usr/lib/dbus-1.0/dbus-daemon-launch-helper, /usr/lib/openssh/ssh-keysign, /usr/libexec/openssh/ssh-keysign, /usr/libexec/utempter/utempter, /usr/sbin/pam_extrausers_chkpwd, /usr/sbin/pam_timestamp_check, /usr/sbin/postdrop, /usr/sbin/postqueue, /usr/sbin/unix_chkpwd]
#       description: absolute paths of files that may have the bits
#   remediation:
#     text: Take the bits away in the last step of the build, or add what is needed to the parameter `expected`.
#     command: "RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +"
package casemate.image.files.set_user_id

import data.casemate.lib.tree

bad := array.concat(
	tree.unexpected("set_user_id", data.params.expected),
	tree.unexpected("set_group_id", data.params.expected),
)

compliant if {
	tree.none("set_user_id", data.params.expected)
	tree.none("set_group_id", data.params.expected)
}

deny contains {
	"message": sprintf("%s has mode %s, owner %d, group %d", [file.path, file.mode, file.uid, file.gid]),
	"evidence": file,
} if {
	some file in bad
}
