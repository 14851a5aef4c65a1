# METADATA
# title: /home holds no working device nodes
# description: >-
#   No user has reason to keep a device node at home. One made elsewhere as root and carried over would open the
#   hardware to them.
# custom:
#   id: host.mount.home_nodev
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.3.2"]
#     ssg: [mount_option_home_nodev]
#   attack: [T1006]
#   remediation:
#     text: Add nodev to the line of /home in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/home\s|{/\bnodev\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nodev|}' /etc/fstab && mount -o remount,nodev /home
package casemate.host.mount.home_nodev

import data.casemate.lib.mount

path := "/home"

option := "nodev"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
