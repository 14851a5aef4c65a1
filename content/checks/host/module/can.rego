# METADATA
# title: The CAN protocol is kept out
# description: >-
#   CAN is the bus of cars and machines. A host without such a bus has no use for its sockets, which have had holes
#   that gave root.
# custom:
#   id: host.module.can
#   kind: host
#   area: network
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     ssg: [kernel_module_can_disabled]
#   attack: [T1068]
#   remediation:
#     text: Block can in modprobe.d, and unload it where it is loaded.
#     command: printf 'install can /bin/false\nblacklist can\n' > /etc/modprobe.d/casemate-can.conf && (modprobe -r can 2>/dev/null || true)
package casemate.host.module.can

import data.casemate.lib.module

name := "can"

option := "CONFIG_CAN"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
