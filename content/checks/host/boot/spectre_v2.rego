# METADATA
# title: Spectre v2 is met without exception
# description: >-
#   `on` protects the kernel and every program against trained branch predictors, whatever the kernel would choose by
#   itself.
# custom:
#   id: host.boot.spectre_v2
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [grub2_spectre_v2_argument]
#   attack: [T1082]
#   remediation:
#     text: Start the kernel with spectre_v2=on.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX spectre_v2=on"\n' > /etc/default/grub.d/99-casemate-spectre-v2.cfg && update-grub
package casemate.host.boot.spectre_v2

import data.casemate.lib.kernel

name := "spectre_v2"

wanted := {"values": ["on"]}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
