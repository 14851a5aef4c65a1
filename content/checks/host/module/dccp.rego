# METADATA
# title: The DCCP protocol is kept out
# description: >-
#   DCCP never found users, and any local user can have its module loaded by opening a socket. One hole in it gave
#   root on most distributions.
# custom:
#   id: host.module.dccp
#   kind: host
#   area: network
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.2.1"]
#     ssg: [kernel_module_dccp_disabled]
#   attack: [T1068]
#   remediation:
#     text: Block dccp in modprobe.d, and unload it where it is loaded.
#     command: printf 'install dccp /bin/false\nblacklist dccp\n' > /etc/modprobe.d/casemate-dccp.conf && (modprobe -r dccp 2>/dev/null || true)
package casemate.host.module.dccp

import data.casemate.lib.module

name := "dccp"

option := "CONFIG_IP_DCCP"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
