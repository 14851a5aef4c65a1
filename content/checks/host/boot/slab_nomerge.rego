# METADATA
# title: Slab caches stay apart
# description: >-
#   Caches of objects of one size are merged by default, and an overflow in one kind of object then reaches the other.
# custom:
#   id: host.boot.slab_nomerge
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [grub2_slab_nomerge_argument]
#   attack: [T1068]
#   remediation:
#     text: Start the kernel with slab_nomerge.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX slab_nomerge"\n' > /etc/default/grub.d/99-casemate-slab-nomerge.cfg && update-grub
package casemate.host.boot.slab_nomerge

import data.casemate.lib.kernel

name := "slab_nomerge"

wanted := {"any": true}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
