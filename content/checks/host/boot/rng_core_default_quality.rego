# METADATA
# title: The hardware random generator is believed to a stated degree
# description: >-
#   Without a stated quality the kernel credits none of its entropy, or all of it. 500 of 1000 credits half.
# custom:
#   id: host.boot.rng_core_default_quality
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R8]
#     ssg: [grub2_rng_core_default_quality_argument]
#   params:
#     allowed: {type: list, default: ["500"], description: "accepted qualities, of 1000"}
#   remediation:
#     text: Start the kernel with rng_core.default_quality=500.
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX rng_core.default_quality=500"\n' > /etc/default/grub.d/99-casemate-rng-core-default-quality.cfg && update-grub
package casemate.host.boot.rng_core_default_quality

import data.casemate.lib.kernel

name := "rng_core.default_quality"

wanted := {"values": data.params.allowed}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
