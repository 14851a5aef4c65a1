# METADATA
# title: Performance events are sampled once a second at most
# description: >-
#   A high sampling rate gives side-channel attacks their resolution and costs processor time. The kernel allows
#   100,000 samples a second unless told otherwise.
# custom:
#   id: host.sysctl.perf_event_max_sample_rate
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R9]
#     ssg: [sysctl_kernel_perf_event_max_sample_rate]
#   attack: [T1499]
#   remediation:
#     text: Set kernel.perf_event_max_sample_rate to 1 on hosts where nobody profiles.
#     command: printf 'kernel.perf_event_max_sample_rate = 1\n' > /etc/sysctl.d/99-zz-casemate-perf-event-max-sample-rate.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]perf_event_max_sample_rate)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-perf-event-max-sample-rate.conf
package casemate.host.sysctl.perf_event_max_sample_rate

import data.casemate.lib.sysctl

names := ["kernel.perf_event_max_sample_rate"]

wanted := {"max": 1}

# A kernel that was built without it has nothing to close.
applies if not sysctl.lacking(names[0])

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
