# METADATA
# title: /opt lends no privileges by set-user-id files
# description: Software from outside the distribution seldom declares its set-user-id files, and nobody updates them.
# custom:
#   id: host.mount.opt_nosuid
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R28]
#     ssg: [mount_option_opt_nosuid]
#   attack: [T1548.001]
#   remediation:
#     text: >-
#       Add nosuid to the line of /opt in /etc/fstab (or to its mount unit) and remount it. Some browsers and VPN
#       clients keep a set-user-id helper in /opt.
#     command: sed -Ei '\|^[^#]\S*\s+/opt\s|{/\bnosuid\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nosuid|}' /etc/fstab && mount -o remount,nosuid /opt
package casemate.host.mount.opt_nosuid

import data.casemate.lib.mount

path := "/opt"

option := "nosuid"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
