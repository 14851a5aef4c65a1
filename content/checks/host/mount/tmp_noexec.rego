# METADATA
# title: /tmp runs no programs
# description: >-
#   Droppers write to /tmp and run what they wrote. noexec stops the simple ones; scripts handed to an interpreter
#   still run.
# custom:
#   id: host.mount.tmp_noexec
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.1.4"]
#     anssi_bp_028: [R28]
#     ssg: [mount_option_tmp_noexec]
#   attack: [T1059, T1105]
#   remediation:
#     text: >-
#       Add noexec to the line of /tmp in /etc/fstab (or to its mount unit) and remount it. Debian's debconf unpacks
#       scripts there: set APT::ExtractTemplates::TempDir to another directory.
#     command: sed -Ei '\|^[^#]\S*\s+/tmp\s|{/\bnoexec\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,noexec|}' /etc/fstab && (! [ -f /etc/systemd/system/tmp.mount ] || sed -Ei '/^Options=/{/\bnoexec\b/!s/$/,noexec/}' /etc/systemd/system/tmp.mount) && systemctl daemon-reload && mount -o remount,noexec /tmp
package casemate.host.mount.tmp_noexec

import data.casemate.lib.mount

path := "/tmp"

option := "noexec"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
