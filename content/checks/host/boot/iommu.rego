# METADATA
# title: Devices reach memory only through the IOMMU
# description: >-
#   A network card or a plugged-in device with bad firmware can otherwise read and write all of memory by DMA.
# custom:
#   id: host.boot.iommu
#   kind: host
#   area: boot
#   needs: [boot_loader]
#   needs_if_supported: [kernel_cmdline]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R7]
#     ssg: [grub2_enable_iommu_force]
#   attack: [T1200]
#   remediation:
#     text: "Start the kernel with iommu=force, and test it: some old devices fail behind an IOMMU."
#     command: mkdir -p /etc/default/grub.d && printf 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX iommu=force"\n' > /etc/default/grub.d/99-casemate-iommu.cfg && update-grub
package casemate.host.boot.iommu

import data.casemate.lib.kernel

name := "iommu"

wanted := {"values": ["force"]}

compliant if kernel.set_everywhere(name, wanted)

deny contains finding if some finding in kernel.not_set(name, wanted)
