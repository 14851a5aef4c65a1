# METADATA
# title: /var/tmp is a file system of its own
# description: >-
#   /var/tmp is writable by everybody and outlives reboots, which makes it a favourite place to leave tools in.
# custom:
#   id: host.mount.var_tmp_separate
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.2.5.1"]
#     anssi_bp_028: [R28]
#     ssg: [partition_for_var_tmp]
#   remediation:
#     text: Give /var/tmp a file system of its own.
package casemate.host.mount.var_tmp_separate

import data.casemate.lib.mount

path := "/var/tmp"

compliant if mount.separate(path)

deny contains finding if some finding in mount.not_separate(path)
