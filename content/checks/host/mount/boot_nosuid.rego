# METADATA
# title: /boot lends no privileges by set-user-id files
# description: Nothing on /boot is started by the running system, so nothing there needs privileges.
# custom:
#   id: host.mount.boot_nosuid
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R28]
#     ssg: [mount_option_boot_nosuid]
#   attack: [T1548.001]
#   remediation:
#     text: Add nosuid to the line of /boot in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/boot\s|{/\bnosuid\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nosuid|}' /etc/fstab && mount -o remount,nosuid /boot
package casemate.host.mount.boot_nosuid

import data.casemate.lib.mount

path := "/boot"

option := "nosuid"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
