# METADATA
# title: /home lends no privileges by set-user-id files
# description: Set-user-id files belong to packages. In a home they are a trap or a way back in.
# custom:
#   id: host.mount.home_nosuid
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.3.3"]
#     anssi_bp_028: [R28]
#     ssg: [mount_option_home_nosuid]
#   attack: [T1548.001]
#   remediation:
#     text: Add nosuid to the line of /home in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/home\s|{/\bnosuid\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nosuid|}' /etc/fstab && mount -o remount,nosuid /home
package casemate.host.mount.home_nosuid

import data.casemate.lib.mount

path := "/home"

option := "nosuid"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
