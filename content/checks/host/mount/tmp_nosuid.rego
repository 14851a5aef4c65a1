# METADATA
# title: /tmp lends no privileges by set-user-id files
# description: >-
#   Somebody with privileges for a moment leaves a set-user-id shell in /tmp to come back to. With nosuid the bit
#   means nothing there.
# custom:
#   id: host.mount.tmp_nosuid
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: high
#   frameworks:
#     cis_debian_12: ["1.1.2.1.3"]
#     anssi_bp_028: [R28]
#     ssg: [mount_option_tmp_nosuid]
#   attack: [T1548.001]
#   remediation:
#     text: Add nosuid to the line of /tmp in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/tmp\s|{/\bnosuid\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nosuid|}' /etc/fstab && (! [ -f /etc/systemd/system/tmp.mount ] || sed -Ei '/^Options=/{/\bnosuid\b/!s/$/,nosuid/}' /etc/systemd/system/tmp.mount) && systemctl daemon-reload && mount -o remount,nosuid /tmp
package casemate.host.mount.tmp_nosuid

import data.casemate.lib.mount

path := "/tmp"

option := "nosuid"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
