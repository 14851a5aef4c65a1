# METADATA
# title: Kernel addresses are hidden from unprivileged users
# description: >-
#   Files in /proc that print kernel pointers undo the randomisation of the kernel's own addresses. 1 hides them from
#   those without privileges, 2 from everybody.
# custom:
#   id: host.sysctl.kptr_restrict
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R9]
#     ssg: [sysctl_kernel_kptr_restrict]
#   attack: [T1068]
#   params:
#     allowed: {type: list, default: ["1", "2"], description: values that hide enough}
#   remediation:
#     text: Set kernel.kptr_restrict to 1, or to 2 where nothing profiles the kernel.
#     command: printf 'kernel.kptr_restrict = 2\n' > /etc/sysctl.d/99-zz-casemate-kptr-restrict.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]kptr_restrict)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-kptr-restrict.conf
package casemate.host.sysctl.kptr_restrict

import data.casemate.lib.sysctl

names := ["kernel.kptr_restrict"]

wanted := {"values": data.params.allowed}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
