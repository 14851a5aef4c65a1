# METADATA
# title: /srv lends no privileges by set-user-id files
# description: Data that is served to others, often uploaded by them, must not carry privileges.
# custom:
#   id: host.mount.srv_nosuid
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R28]
#     ssg: [mount_option_srv_nosuid]
#   attack: [T1548.001]
#   remediation:
#     text: Add nosuid to the line of /srv in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/srv\s|{/\bnosuid\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nosuid|}' /etc/fstab && mount -o remount,nosuid /srv
package casemate.host.mount.srv_nosuid

import data.casemate.lib.mount

path := "/srv"

option := "nosuid"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
