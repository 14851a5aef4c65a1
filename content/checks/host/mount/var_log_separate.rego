# METADATA
# title: /var/log is a file system of its own
# description: >-
#   A full /var that takes the logs with it leaves no trace of why it is full. Logs need room that nothing else can
#   use up.
# custom:
#   id: host.mount.var_log_separate
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.2.6.1"]
#     anssi_bp_028: [R28]
#     ssg: [partition_for_var_log]
#   remediation:
#     text: Give /var/log a file system of its own.
package casemate.host.mount.var_log_separate

import data.casemate.lib.mount

path := "/var/log"

compliant if mount.separate(path)

deny contains finding if some finding in mount.not_separate(path)
