# METADATA
# title: /home is a file system of its own
# description: >-
#   Users fill their homes sooner or later. Apart from the root file system this stays their own trouble, and
#   set-user-id files in homes can be forbidden.
# custom:
#   id: host.mount.home_separate
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.2.3.1"]
#     anssi_bp_028: [R28]
#     ssg: [partition_for_home]
#   remediation:
#     text: Move /home to a file system of its own.
package casemate.host.mount.home_separate

import data.casemate.lib.mount

path := "/home"

compliant if mount.separate(path)

deny contains finding if some finding in mount.not_separate(path)
