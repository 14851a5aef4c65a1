# METADATA
# title: Address space layout randomisation is full
# description: >-
#   With stacks, libraries and heaps at addresses that differ from run to run, a memory error in a program is much
#   harder to turn into running code.
# custom:
#   id: host.sysctl.randomize_va_space
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: high
#   frameworks:
#     cis_debian_12: ["1.5.1"]
#     anssi_bp_028: [R9]
#     disa_stig_ubuntu_22.04: [UBTU-22-213020]
#     disa_stig_ubuntu_24.04: [UBTU-24-700310]
#     ssg: [sysctl_kernel_randomize_va_space]
#   attack: [T1203, T1068]
#   remediation:
#     text: Set kernel.randomize_va_space to 2, and look for what had turned it down.
#     command: printf 'kernel.randomize_va_space = 2\n' > /etc/sysctl.d/99-zz-casemate-randomize-va-space.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]randomize_va_space)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-randomize-va-space.conf
package casemate.host.sysctl.randomize_va_space

import data.casemate.lib.sysctl

names := ["kernel.randomize_va_space"]

wanted := {"values": ["2"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
