# METADATA
# title: /var/tmp lends no privileges by set-user-id files
# description: A set-user-id file in /var/tmp is a back door that survives reboots in a place nobody looks.
# custom:
#   id: host.mount.var_tmp_nosuid
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: high
#   frameworks:
#     cis_debian_12: ["1.1.2.5.3"]
#     anssi_bp_028: [R28]
#     ssg: [mount_option_var_tmp_nosuid]
#   attack: [T1548.001]
#   remediation:
#     text: Add nosuid to the line of /var/tmp in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/var/tmp\s|{/\bnosuid\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nosuid|}' /etc/fstab && mount -o remount,nosuid /var/tmp
package casemate.host.mount.var_tmp_nosuid

import data.casemate.lib.mount

path := "/var/tmp"

option := "nosuid"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
