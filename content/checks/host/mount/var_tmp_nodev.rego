# METADATA
# title: /var/tmp holds no working device nodes
# description: Everybody may write to /var/tmp and what lies there stays; a device node is the last thing that should.
# custom:
#   id: host.mount.var_tmp_nodev
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.5.2"]
#     ssg: [mount_option_var_tmp_nodev]
#   attack: [T1006]
#   remediation:
#     text: Add nodev to the line of /var/tmp in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/var/tmp\s|{/\bnodev\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nodev|}' /etc/fstab && mount -o remount,nodev /var/tmp
package casemate.host.mount.var_tmp_nodev

import data.casemate.lib.mount

path := "/var/tmp"

option := "nodev"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
