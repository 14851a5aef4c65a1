# METADATA
# title: /tmp holds no working device nodes
# description: >-
#   A device node in a directory that everybody may write would be a door to disks and memory past all permissions.
# custom:
#   id: host.mount.tmp_nodev
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.1.2"]
#     ssg: [mount_option_tmp_nodev]
#   attack: [T1006]
#   remediation:
#     text: Add nodev to the line of /tmp in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/tmp\s|{/\bnodev\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nodev|}' /etc/fstab && (! [ -f /etc/systemd/system/tmp.mount ] || sed -Ei '/^Options=/{/\bnodev\b/!s/$/,nodev/}' /etc/systemd/system/tmp.mount) && systemctl daemon-reload && mount -o remount,nodev /tmp
package casemate.host.mount.tmp_nodev

import data.casemate.lib.mount

path := "/tmp"

option := "nodev"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
