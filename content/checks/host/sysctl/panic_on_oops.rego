# METADATA
# title: The kernel stops after an internal error
# description: >-
#   Many kernel exploits leave errors behind while they try again and again. A kernel that halts at the first one
#   gives them one try, at the price of an outage.
# custom:
#   id: host.sysctl.panic_on_oops
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R9]
#     ssg: [sysctl_kernel_panic_on_oops]
#   attack: [T1068]
#   remediation:
#     text: Set kernel.panic_on_oops to 1, with kernel.panic above 0 so that the host restarts by itself.
#     command: printf 'kernel.panic_on_oops = 1\n' > /etc/sysctl.d/99-zz-casemate-panic-on-oops.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]panic_on_oops)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-panic-on-oops.conf
package casemate.host.sysctl.panic_on_oops

import data.casemate.lib.sysctl

names := ["kernel.panic_on_oops"]

wanted := {"values": ["1"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
