# METADATA
# title: Freed pages are overwritten
# description: >-
#   What a process left in memory must not be there for the next owner of the page. init_on_free=1 does the same and
#   more, for pages and slabs.
# custom:
#   id: host.boot.page_poison
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [grub2_page_poison_argument]
#   attack: [T1068]
#   remediation:
#     text: Start the kernel with page_poison=1, or with init_on_free=1 from 5.3 on.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX page_poison=1"\n' > /etc/default/grub.d/99-casemate-page-poison.cfg && update-grub
package casemate.host.boot.page_poison

import data.casemate.lib.kernel

names := ["page_poison", "init_on_free"]

wanted := {"values": ["1", "on"]}

compliant if {
	some name in names
	kernel.set_everywhere(name, wanted)
}

deny contains finding if {
	every name in names { count(kernel.not_set(name, wanted)) > 0 }
	some finding in kernel.not_set(names[0], wanted)
}
