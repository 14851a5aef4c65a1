# METADATA
# title: FireWire is kept out
# description: >-
#   A FireWire device may read and write main memory by itself. With the port reachable, so is every secret in memory.
# custom:
#   id: host.module.firewire_core
#   kind: host
#   area: services
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: medium
#   frameworks:
#     ssg: [kernel_module_firewire-core_disabled]
#   attack: [T1200]
#   remediation:
#     text: Block firewire_core in modprobe.d, and unload it where it is loaded.
#     command: printf 'install firewire_core /bin/false\nblacklist firewire_core\n' > /etc/modprobe.d/casemate-firewire-core.conf && (modprobe -r firewire_core 2>/dev/null || true)
package casemate.host.module.firewire_core

import data.casemate.lib.module

name := "firewire_core"

option := "CONFIG_FIREWIRE"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
