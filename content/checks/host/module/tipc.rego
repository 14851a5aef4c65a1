# METADATA
# title: The TIPC protocol is kept out
# description: >-
#   TIPC links the nodes of some telecom clusters. One heap overflow in it could be reached over the network without
#   logging in.
# custom:
#   id: host.module.tipc
#   kind: host
#   area: network
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.2.2"]
#     ssg: [kernel_module_tipc_disabled]
#   attack: [T1068]
#   remediation:
#     text: Block tipc in modprobe.d, and unload it where it is loaded.
#     command: printf 'install tipc /bin/false\nblacklist tipc\n' > /etc/modprobe.d/casemate-tipc.conf && (modprobe -r tipc 2>/dev/null || true)
package casemate.host.module.tipc

import data.casemate.lib.module

name := "tipc"

option := "CONFIG_TIPC"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
