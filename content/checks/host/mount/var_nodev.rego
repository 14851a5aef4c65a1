# METADATA
# title: /var holds no working device nodes
# description: >-
#   Services write below /var, and none of them needs to make devices there. Chroots of old daemons and debootstrap
#   do.
# custom:
#   id: host.mount.var_nodev
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.4.2"]
#     ssg: [mount_option_var_nodev]
#   attack: [T1006]
#   remediation:
#     text: Add nodev to the line of /var in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/var\s|{/\bnodev\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nodev|}' /etc/fstab && mount -o remount,nodev /var
package casemate.host.mount.var_nodev

import data.casemate.lib.mount

path := "/var"

option := "nodev"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
