# METADATA
# title: The L1 terminal fault is met in full
# description: >-
#   Guests of this host may read its level-1 cache. `full,force` flushes it and keeps threads of a core apart, and
#   nobody can turn that off at run time.
# custom:
#   id: host.boot.l1tf
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [grub2_l1tf_argument]
#   attack: [T1082]
#   params:
#     allowed: {type: list, default: ["full,force"], description: accepted modes}
#   remediation:
#     text: Start the kernel with l1tf=full,force. It disables hyper-threading on the processors concerned.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX l1tf=full,force"\n' > /etc/default/grub.d/99-casemate-l1tf.cfg && update-grub
package casemate.host.boot.l1tf

import data.casemate.lib.kernel

name := "l1tf"

wanted := {"values": data.params.allowed}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
