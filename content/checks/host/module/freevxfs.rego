# METADATA
# title: The freevxfs file system is kept out
# description: >-
#   freevxfs reads Veritas volumes of old UNIX machines. Hardly anybody tests it, so hardly anybody would notice a
#   hole in it.
# custom:
#   id: host.module.freevxfs
#   kind: host
#   area: filesystem
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.1.2"]
#     ssg: [kernel_module_freevxfs_disabled]
#   remediation:
#     text: Block freevxfs in modprobe.d, and unload it where it is loaded.
#     command: printf 'install freevxfs /bin/false\nblacklist freevxfs\n' > /etc/modprobe.d/casemate-freevxfs.conf && (modprobe -r freevxfs 2>/dev/null || true)
package casemate.host.module.freevxfs

import data.casemate.lib.module

name := "freevxfs"

option := "CONFIG_VXFS_FS"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
