# METADATA
# title: Unprivileged users cannot measure the kernel with perf
# description: >-
#   perf_event_open is a large interface with a long record of privilege escalations. From 2 on, ordinary users cannot
#   look into the kernel with it; Debian knows 3, which shuts it for them.
# custom:
#   id: host.sysctl.perf_event_paranoid
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R9]
#     ssg: [sysctl_kernel_perf_event_paranoid]
#   attack: [T1068]
#   remediation:
#     text: Set kernel.perf_event_paranoid to 3 on Debian, to 2 elsewhere.
#     command: printf 'kernel.perf_event_paranoid = 3\n' > /etc/sysctl.d/99-zz-casemate-perf-event-paranoid.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]perf_event_paranoid)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-perf-event-paranoid.conf
package casemate.host.sysctl.perf_event_paranoid

import data.casemate.lib.sysctl

names := ["kernel.perf_event_paranoid"]

wanted := {"min": 2}

# A kernel that was built without it has nothing to close.
applies if not sysctl.lacking(names[0])

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
