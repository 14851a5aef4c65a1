# METADATA
# title: Free pages are shuffled
# description: A random order of free pages makes it harder to place data next to a target in memory.
# custom:
#   id: host.boot.page_alloc_shuffle
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [grub2_page_alloc_shuffle_argument]
#   attack: [T1068]
#   remediation:
#     text: Start the kernel with page_alloc.shuffle=1.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX page_alloc.shuffle=1"\n' > /etc/default/grub.d/99-casemate-page-alloc-shuffle.cfg && update-grub
package casemate.host.boot.page_alloc_shuffle

import data.casemate.lib.kernel

name := "page_alloc.shuffle"

wanted := {"values": ["1", "Y", "y"]}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
