# METADATA
# title: Unprivileged users cannot load BPF programs
# description: >-
#   The verifier of BPF programs has been the way into the kernel again and again. 1 shuts it until reboot, 2 until
#   root opens it.
# custom:
#   id: host.sysctl.unprivileged_bpf_disabled
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R9]
#     ssg: [sysctl_kernel_unprivileged_bpf_disabled]
#   attack: [T1068]
#   remediation:
#     text: Set kernel.unprivileged_bpf_disabled to 1.
#     command: printf 'kernel.unprivileged_bpf_disabled = 1\n' > /etc/sysctl.d/99-zz-casemate-unprivileged-bpf-disabled.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]unprivileged_bpf_disabled)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-unprivileged-bpf-disabled.conf
package casemate.host.sysctl.unprivileged_bpf_disabled

import data.casemate.lib.sysctl

names := ["kernel.unprivileged_bpf_disabled"]

wanted := {"values": ["1", "2"]}

# A kernel that was built without it has nothing to close.
applies if not sysctl.lacking(names[0])

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
