# METADATA
# title: Slab memory is checked and overwritten on release
# description: >-
#   F checks consistency, Z puts red zones around objects, P fills them with a pattern when freed. Together they break
#   most use-after-free exploits, at a visible cost in speed.
# custom:
#   id: host.boot.slub_debug
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [grub2_slub_debug_argument]
#   attack: [T1068]
#   params:
#     allowed: {type: list, default: ["FZP", "FZ", "P", "ZF", "FP"], description: accepted sets of letters}
#   remediation:
#     text: Start the kernel with slub_debug=FZP, on hosts that can bear the cost.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX slub_debug=FZP"\n' > /etc/default/grub.d/99-casemate-slub-debug.cfg && update-grub
package casemate.host.boot.slub_debug

import data.casemate.lib.kernel

name := "slub_debug"

wanted := {"values": data.params.allowed}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
