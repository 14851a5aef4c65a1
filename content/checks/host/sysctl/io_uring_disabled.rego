# METADATA
# title: io_uring is closed to ordinary users
# description: >-
#   io_uring carries out system calls without making them, past seccomp filters and audit rules, and its bugs have
#   given root many times. 1 leaves it to a group, 2 shuts it.
# custom:
#   id: host.sysctl.io_uring_disabled
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   attack: [T1068, T1562]
#   remediation:
#     text: Set kernel.io_uring_disabled to 2, or to 1 with kernel.io_uring_group for programs that need it.
#     command: printf 'kernel.io_uring_disabled = 2\n' > /etc/sysctl.d/99-zz-casemate-io-uring-disabled.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]io_uring_disabled)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-io-uring-disabled.conf
package casemate.host.sysctl.io_uring_disabled

import data.casemate.lib.sysctl

names := ["kernel.io_uring_disabled"]

wanted := {"values": ["1", "2"]}

# A kernel that was built without it has nothing to close.
applies if not sysctl.lacking(names[0])

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
