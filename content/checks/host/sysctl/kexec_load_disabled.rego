# METADATA
# title: No other kernel can be started over the running one
# description: >-
#   kexec replaces the kernel without passing through the boot loader, so root could start one that no secure boot has
#   checked.
# custom:
#   id: host.sysctl.kexec_load_disabled
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     ssg: [sysctl_kernel_kexec_load_disabled]
#   attack: [T1014, T1601]
#   remediation:
#     text: Set kernel.kexec_load_disabled to 1, unless the host takes crash dumps with kdump.
#     command: printf 'kernel.kexec_load_disabled = 1\n' > /etc/sysctl.d/99-zz-casemate-kexec-load-disabled.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]kexec_load_disabled)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-kexec-load-disabled.conf
package casemate.host.sysctl.kexec_load_disabled

import data.casemate.lib.sysctl

names := ["kernel.kexec_load_disabled"]

wanted := {"values": ["1"]}

# A kernel that was built without it has nothing to close.
applies if not sysctl.lacking(names[0])

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
