# METADATA
# title: Page table isolation is on, whatever the processor claims
# description: The kernel leaves it off where the processor says it does not need it; `on` does not take its word.
# custom:
#   id: host.boot.pti
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [grub2_pti_argument]
#   attack: [T1082]
#   remediation:
#     text: Start the kernel with pti=on.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX pti=on"\n' > /etc/default/grub.d/99-casemate-pti.cfg && update-grub
package casemate.host.boot.pti

import data.casemate.lib.kernel

name := "pti"

wanted := {"values": ["on"]}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
