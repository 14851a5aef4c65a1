# METADATA
# title: The HFS file system is kept out
# description: >-
#   HFS is the disk format of Macintoshes of the last century. Fuzzers find memory errors in its driver faster than
#   anybody mends them.
# custom:
#   id: host.module.hfs
#   kind: host
#   area: filesystem
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.1.3"]
#     ssg: [kernel_module_hfs_disabled]
#   remediation:
#     text: Block hfs in modprobe.d, and unload it where it is loaded.
#     command: printf 'install hfs /bin/false\nblacklist hfs\n' > /etc/modprobe.d/casemate-hfs.conf && (modprobe -r hfs 2>/dev/null || true)
package casemate.host.module.hfs

import data.casemate.lib.module

name := "hfs"

option := "CONFIG_HFS_FS"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
