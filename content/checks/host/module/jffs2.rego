# METADATA
# title: The JFFS2 file system is kept out
# description: JFFS2 belongs on the raw flash chips of embedded devices; a server has none.
# custom:
#   id: host.module.jffs2
#   kind: host
#   area: filesystem
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.1.5"]
#     ssg: [kernel_module_jffs2_disabled]
#   remediation:
#     text: Block jffs2 in modprobe.d, and unload it where it is loaded.
#     command: printf 'install jffs2 /bin/false\nblacklist jffs2\n' > /etc/modprobe.d/casemate-jffs2.conf && (modprobe -r jffs2 2>/dev/null || true)
package casemate.host.module.jffs2

import data.casemate.lib.module

name := "jffs2"

option := "CONFIG_JFFS2_FS"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
