# METADATA
# title: /home runs no programs
# description: >-
#   Where users only store data, programs of their own are tools of an attacker, as a rule. Developers will not bear
#   it.
# custom:
#   id: host.mount.home_noexec
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R28]
#     ssg: [mount_option_home_noexec]
#   attack: [T1059]
#   remediation:
#     text: >-
#       Add noexec to the line of /home in /etc/fstab (or to its mount unit) and remount it. Not where users build or
#       run programs of their own.
#     command: sed -Ei '\|^[^#]\S*\s+/home\s|{/\bnoexec\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,noexec|}' /etc/fstab && mount -o remount,noexec /home
package casemate.host.mount.home_noexec

import data.casemate.lib.mount

path := "/home"

option := "noexec"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
