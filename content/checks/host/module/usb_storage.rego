# METADATA
# title: USB storage is kept out
# description: A stick at the back of a server brings programs in and carries data out, past every network control.
# custom:
#   id: host.module.usb_storage
#   kind: host
#   area: services
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.1.9"]
#     disa_stig_ubuntu_22.04: [UBTU-22-291010]
#     disa_stig_ubuntu_24.04: [UBTU-24-300039]
#     ssg: [kernel_module_usb-storage_disabled]
#   attack: [T1091, T1052.001]
#   remediation:
#     text: >-
#       Block usb_storage in modprobe.d, and unload it where it is loaded. Mind rescue procedures that rely on a USB
#       stick.
#     command: printf 'install usb_storage /bin/false\nblacklist usb_storage\n' > /etc/modprobe.d/casemate-usb-storage.conf && (modprobe -r usb_storage 2>/dev/null || true)
package casemate.host.module.usb_storage

import data.casemate.lib.module

name := "usb_storage"

option := "CONFIG_USB_STORAGE"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
