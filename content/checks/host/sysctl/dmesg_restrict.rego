# METADATA
# title: Kernel messages are for root alone
# description: >-
#   The kernel log shows addresses, device details and failed exploits. An attacker who may read it learns what to aim
#   at.
# custom:
#   id: host.sysctl.dmesg_restrict
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R9]
#     disa_stig_ubuntu_22.04: [UBTU-22-213010]
#     disa_stig_ubuntu_24.04: [UBTU-24-600140]
#     ssg: [sysctl_kernel_dmesg_restrict]
#   attack: [T1082]
#   remediation:
#     text: Set kernel.dmesg_restrict to 1.
#     command: printf 'kernel.dmesg_restrict = 1\n' > /etc/sysctl.d/99-zz-casemate-dmesg-restrict.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(kernel[./]dmesg_restrict)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-dmesg-restrict.conf
package casemate.host.sysctl.dmesg_restrict

import data.casemate.lib.sysctl

names := ["kernel.dmesg_restrict"]

wanted := {"values": ["1"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
