# METADATA
# title: The squashfs file system is kept out
# description: >-
#   squashfs carries live systems, appliance images and snaps. Where none of these is in use, images that somebody
#   brings along should not be mountable.
# custom:
#   id: host.module.squashfs
#   kind: host
#   area: filesystem
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.1.7"]
#   remediation:
#     text: Block squashfs in modprobe.d, and unload it where it is loaded. Not on hosts that use snaps.
#     command: printf 'install squashfs /bin/false\nblacklist squashfs\n' > /etc/modprobe.d/casemate-squashfs.conf && (modprobe -r squashfs 2>/dev/null || true)
package casemate.host.module.squashfs

import data.casemate.lib.module

name := "squashfs"

option := "CONFIG_SQUASHFS"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
