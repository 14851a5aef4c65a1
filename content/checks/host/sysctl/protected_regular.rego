# METADATA
# title: Files in shared directories are guarded
# description: >-
#   A file laid in /tmp ahead of a program that means to create it lets its owner read or change what the program
#   writes. With 2 the kernel refuses, in group-writable directories too.
# custom:
#   id: host.sysctl.protected_regular
#   kind: host
#   area: filesystem
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R14]
#     ssg: [sysctl_fs_protected_regular]
#   attack: [T1068]
#   remediation:
#     text: Set fs.protected_regular to 2.
#     command: printf 'fs.protected_regular = 2\n' > /etc/sysctl.d/99-zz-casemate-protected-regular.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(fs[./]protected_regular)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-protected-regular.conf
package casemate.host.sysctl.protected_regular

import data.casemate.lib.sysctl

names := ["fs.protected_regular"]

wanted := {"values": ["2"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
