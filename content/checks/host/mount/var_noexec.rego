# METADATA
# title: /var runs no programs
# description: >-
#   What a service was made to write below /var cannot be run from there. Package scripts in /var/lib/dpkg and
#   container layers need to run, so few hosts can have it.
# custom:
#   id: host.mount.var_noexec
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R28]
#     ssg: [mount_option_var_noexec]
#   attack: [T1059]
#   remediation:
#     text: >-
#       Add noexec to the line of /var in /etc/fstab (or to its mount unit) and remount it. dpkg runs scripts from
#       /var/lib/dpkg/info: remount with exec for each update, or leave it.
package casemate.host.mount.var_noexec

import data.casemate.lib.mount

path := "/var"

option := "noexec"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
