# METADATA
# title: Named pipes in shared directories are guarded
# description: >-
#   Somebody can lay a pipe where a program of root is about to create a file in /tmp, and read what it writes. With 2
#   the kernel refuses to open it, in group-writable directories too.
# custom:
#   id: host.sysctl.protected_fifos
#   kind: host
#   area: filesystem
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R14]
#     ssg: [sysctl_fs_protected_fifos]
#   attack: [T1068]
#   remediation:
#     text: Set fs.protected_fifos to 2.
#     command: printf 'fs.protected_fifos = 2\n' > /etc/sysctl.d/99-zz-casemate-protected-fifos.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(fs[./]protected_fifos)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-protected-fifos.conf
package casemate.host.sysctl.protected_fifos

import data.casemate.lib.sysctl

names := ["fs.protected_fifos"]

wanted := {"values": ["2"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
