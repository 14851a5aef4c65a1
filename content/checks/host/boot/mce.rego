# METADATA
# title: A machine check that cannot be corrected stops the host
# description: >-
#   Going on with memory known to be bad risks data and, where somebody hammers memory on purpose, security.
# custom:
#   id: host.boot.mce
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [grub2_mce_argument]
#   remediation:
#     text: Start the kernel with mce=0.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX mce=0"\n' > /etc/default/grub.d/99-casemate-mce.cfg && update-grub
package casemate.host.boot.mce

import data.casemate.lib.kernel

name := "mce"

wanted := {"values": ["0"]}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
