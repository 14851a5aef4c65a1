# METADATA
# title: /var is a file system of its own
# description: >-
#   Databases, caches and spools grow below /var. On a file system of their own they cannot stop the host by filling
#   /.
# custom:
#   id: host.mount.var_separate
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.2.4.1"]
#     anssi_bp_028: [R28]
#     ssg: [partition_for_var]
#   remediation:
#     text: Move /var to a file system of its own, best at the installation.
package casemate.host.mount.var_separate

import data.casemate.lib.mount

path := "/var"

compliant if mount.separate(path)

deny contains finding if some finding in mount.not_separate(path)
