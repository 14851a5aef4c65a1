# METADATA
# title: Programs that gain privileges leave no core dumps
# description: >-
#   The memory of a set-user-id program may hold password hashes and keys. A dump would lay them on disk where the
#   user who crashed the program may find them.
# custom:
#   id: host.sysctl.suid_dumpable
#   kind: host
#   area: filesystem
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.5.3"]
#     anssi_bp_028: [R14]
#     ssg: [sysctl_fs_suid_dumpable]
#   attack: [T1003]
#   remediation:
#     text: Set fs.suid_dumpable to 0.
#     command: printf 'fs.suid_dumpable = 0\n' > /etc/sysctl.d/99-zz-casemate-suid-dumpable.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(fs[./]suid_dumpable)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-suid-dumpable.conf
package casemate.host.sysctl.suid_dumpable

import data.casemate.lib.sysctl

names := ["fs.suid_dumpable"]

wanted := {"values": ["0"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
