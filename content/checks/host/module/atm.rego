# METADATA
# title: The ATM protocol is kept out
# description: ATM networks are gone from almost everywhere; its old code can still be loaded by opening a socket.
# custom:
#   id: host.module.atm
#   kind: host
#   area: network
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   frameworks:
#     ssg: [kernel_module_atm_disabled]
#   attack: [T1068]
#   remediation:
#     text: Block atm in modprobe.d, and unload it where it is loaded.
#     command: printf 'install atm /bin/false\nblacklist atm\n' > /etc/modprobe.d/casemate-atm.conf && (modprobe -r atm 2>/dev/null || true)
package casemate.host.module.atm

import data.casemate.lib.module

name := "atm"

option := "CONFIG_ATM"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
