# METADATA
# title: The magic SysRq key does nothing
# description: >-
#   Whoever reaches the keyboard or a serial console can otherwise restart the host, kill its processes or dump memory
#   without logging in.
# custom:
#   id: host.sysctl.sysrq
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R9]
#     ssg: [sysctl_kernel_sysrq]
#   attack: [T1529]
#   params:
#     allowed: {type: list, default: ["0"], description: "accepted bit masks; 4 (keyboard control) and 176 (sync, remount, reboot) are common exceptions"}
#   remediation:
#     text: Set kernel.sysrq to 0, or allow what the console operators need by a bit mask.
#     command: printf 'kernel.sysrq = 0\n' > /etc/sysctl.d/99-zz-casemate-sysrq.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]sysrq)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-sysrq.conf
package casemate.host.sysctl.sysrq

import data.casemate.lib.sysctl

names := ["kernel.sysrq"]

wanted := {"values": data.params.allowed}

# A kernel that was built without it has nothing to close.
applies if not sysctl.lacking(names[0])

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
