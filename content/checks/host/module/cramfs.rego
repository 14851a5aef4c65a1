# METADATA
# title: The cramfs file system is kept out
# description: >-
#   cramfs is a read-only format for the firmware of small devices. A server has no such image to mount, and its
#   parser is one more way for a prepared disk image into the kernel.
# custom:
#   id: host.module.cramfs
#   kind: host
#   area: filesystem
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.1.1"]
#     ssg: [kernel_module_cramfs_disabled]
#   remediation:
#     text: Block cramfs in modprobe.d, and unload it where it is loaded.
#     command: printf 'install cramfs /bin/false\nblacklist cramfs\n' > /etc/modprobe.d/casemate-cramfs.conf && (modprobe -r cramfs 2>/dev/null || true)
package casemate.host.module.cramfs

import data.casemate.lib.module

name := "cramfs"

option := "CONFIG_CRAMFS"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
