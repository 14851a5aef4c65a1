# METADATA
# title: The lowest 64 KiB of memory cannot be mapped
# description: >-
#   Where a program can map the page at address zero, a null pointer used inside the kernel leads into memory that the
#   attacker has filled.
# custom:
#   id: host.sysctl.mmap_min_addr
#   kind: host
#   area: kernel
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [sysctl_vm_mmap_min_addr]
#   attack: [T1068]
#   remediation:
#     text: Set vm.mmap_min_addr to 65536.
#     command: printf 'vm.mmap_min_addr = 65536\n' > /etc/sysctl.d/99-zz-casemate-mmap-min-addr.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(vm[./]mmap_min_addr)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-mmap-min-addr.conf
package casemate.host.sysctl.mmap_min_addr

import data.casemate.lib.sysctl

names := ["vm.mmap_min_addr"]

wanted := {"min": 65536}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
