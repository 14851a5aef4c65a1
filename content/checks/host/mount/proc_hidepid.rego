# METADATA
# title: Users see only their own processes
# description: >-
#   Command lines in /proc often hold passwords and always tell what runs. hidepid keeps them from other users.
#   systemd's logind and monitoring need the `gid` option or a per-service ProtectProc instead.
# custom:
#   id: host.mount.proc_hidepid
#   kind: host
#   area: filesystem
#   needs: [fstab, mounts]
#   severity: low
#   frameworks:
#     ssg: [mount_option_proc_hidepid]
#   attack: [T1057]
#   remediation:
#     text: Mount /proc with hidepid=2 by a line in /etc/fstab, with `gid=` of a group for monitoring where needed.
#     command: echo 'proc /proc proc defaults,hidepid=2 0 0' >> /etc/fstab && mount -o remount,hidepid=2 /proc
package casemate.host.mount.proc_hidepid

import data.casemate.lib.mount

hiding := {"hidepid=1", "hidepid=2", "hidepid=4", "hidepid=noaccess", "hidepid=invisible", "hidepid=ptraceable"}

applies if not unseen

# The table of mounts leaves /proc out.
unseen if {
	mount.now
	not mount.now["/proc"]
}

hidden(options) if {
	some option in options
	option in hiding
}

compliant if {
	hidden(mount.now["/proc"].options)
	hidden(mount.later["/proc"].options)
}

deny contains {"message": "/proc is mounted without hidepid", "evidence": {"options": options}} if {
	options := mount.now["/proc"].options
	not hidden(options)
}

deny contains {"message": "/etc/fstab does not mount /proc with hidepid at the next boot"} if {
	mount.now["/proc"]
	mount.later
	not hidden(object.get(mount.later, ["/proc", "options"], []))
}
