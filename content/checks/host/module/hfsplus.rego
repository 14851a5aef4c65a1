# METADATA
# title: The HFS+ file system is kept out
# description: >-
#   HFS+ volumes come from Macs, as a rule on a stick that somebody plugs in. The driver has had several memory errors
#   that a prepared volume reaches.
# custom:
#   id: host.module.hfsplus
#   kind: host
#   area: filesystem
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.1.4"]
#     ssg: [kernel_module_hfsplus_disabled]
#   remediation:
#     text: Block hfsplus in modprobe.d, and unload it where it is loaded.
#     command: printf 'install hfsplus /bin/false\nblacklist hfsplus\n' > /etc/modprobe.d/casemate-hfsplus.conf && (modprobe -r hfsplus 2>/dev/null || true)
package casemate.host.module.hfsplus

import data.casemate.lib.module

name := "hfsplus"

option := "CONFIG_HFSPLUS_FS"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
