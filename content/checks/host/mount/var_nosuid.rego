# METADATA
# title: /var lends no privileges by set-user-id files
# description: >-
#   A service that was taken over can write in its own directory below /var. nosuid keeps it from leaving a privileged
#   program there.
# custom:
#   id: host.mount.var_nosuid
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.4.3"]
#     anssi_bp_028: [R28]
#     ssg: [mount_option_var_nosuid]
#   attack: [T1548.001]
#   remediation:
#     text: Add nosuid to the line of /var in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/var\s|{/\bnosuid\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nosuid|}' /etc/fstab && mount -o remount,nosuid /var
package casemate.host.mount.var_nosuid

import data.casemate.lib.mount

path := "/var"

option := "nosuid"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
