# METADATA
# title: Microarchitectural data sampling is met in full
# description: >-
#   Buffers of the processor leak between threads of one core. They must be cleared, and with nosmt there is no second
#   thread to read them.
# custom:
#   id: host.boot.mds
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [grub2_mds_argument]
#   attack: [T1082]
#   params:
#     allowed: {type: list, default: ["full,nosmt"], description: accepted modes; add "full" where hyper-threading has to stay}
#   remediation:
#     text: Start the kernel with mds=full,nosmt. It halves the hardware threads of the processors concerned.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX mds=full,nosmt"\n' > /etc/default/grub.d/99-casemate-mds.cfg && update-grub
package casemate.host.boot.mds

import data.casemate.lib.kernel

name := "mds"

wanted := {"values": data.params.allowed}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
