# METADATA
# title: Performance sampling may use one percent of a processor at most
# description: >-
#   Sampling through perf can be used to slow the host down. The limit keeps its share small; 0 would lift the limit
#   altogether.
# custom:
#   id: host.sysctl.perf_cpu_time_max_percent
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R9]
#     ssg: [sysctl_kernel_perf_cpu_time_max_percent]
#   attack: [T1499]
#   remediation:
#     text: Set kernel.perf_cpu_time_max_percent to 1.
#     command: printf 'kernel.perf_cpu_time_max_percent = 1\n' > /etc/sysctl.d/99-zz-casemate-perf-cpu-time-max-percent.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]perf_cpu_time_max_percent)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-perf-cpu-time-max-percent.conf
package casemate.host.sysctl.perf_cpu_time_max_percent

import data.casemate.lib.sysctl

names := ["kernel.perf_cpu_time_max_percent"]

wanted := {"values": ["1"]}

# A kernel that was built without it has nothing to close.
applies if not sysctl.lacking(names[0])

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
