# METADATA
# title: /tmp is a file system of its own
# description: >-
#   A program that fills /tmp, or a user who means to, then stops neither the system nor its logs; and only a file
#   system of its own can forbid programs and set-user-id files there.
# custom:
#   id: host.mount.tmp_separate
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.2.1.1"]
#     anssi_bp_028: [R28]
#     ssg: [partition_for_tmp]
#   remediation:
#     text: Enable systemd's tmp.mount, or add a line for /tmp to fstab. It takes effect at the next boot.
#     command: cp /usr/share/systemd/tmp.mount /etc/systemd/system/tmp.mount && systemctl daemon-reload && systemctl enable tmp.mount
package casemate.host.mount.tmp_separate

import data.casemate.lib.mount

path := "/tmp"

compliant if mount.separate(path)

deny contains finding if some finding in mount.not_separate(path)
