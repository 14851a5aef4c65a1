# METADATA
# title: Compiled BPF programs are hardened
# description: >-
#   Constants that an attacker chooses end up as machine code in the kernel. Hardening blinds them, for root's
#   programs too with 2, and so takes the building blocks of a known attack away.
# custom:
#   id: host.sysctl.bpf_jit_harden
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_core_bpf_jit_harden]
#   attack: [T1068]
#   remediation:
#     text: Set net.core.bpf_jit_harden to 2.
#     command: printf 'net.core.bpf_jit_harden = 2\n' > /etc/sysctl.d/99-zz-casemate-bpf-jit-harden.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]core[./]bpf_jit_harden)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-bpf-jit-harden.conf
package casemate.host.sysctl.bpf_jit_harden

import data.casemate.lib.sysctl

names := ["net.core.bpf_jit_harden"]

wanted := {"values": ["2"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
