# METADATA
# title: Process ids run up to 65536 at least
# description: >-
#   With few ids, a process that forks a lot uses them up, or brings an id around again soon enough to be mistaken for
#   the process that had it before.
# custom:
#   id: host.sysctl.pid_max
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R9]
#     ssg: [sysctl_kernel_pid_max]
#   attack: [T1499]
#   remediation:
#     text: Set kernel.pid_max to 65536 or more.
#     command: printf 'kernel.pid_max = 65536\n' > /etc/sysctl.d/99-zz-casemate-pid-max.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]pid_max)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-pid-max.conf
package casemate.host.sysctl.pid_max

import data.casemate.lib.sysctl

names := ["kernel.pid_max"]

wanted := {"min": 65536}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
