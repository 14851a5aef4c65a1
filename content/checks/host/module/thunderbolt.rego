# METADATA
# title: Thunderbolt is kept out
# description: >-
#   Thunderbolt extends the memory bus to whatever is plugged in. Servers seldom have such a port, and never need it
#   unattended.
# custom:
#   id: host.module.thunderbolt
#   kind: host
#   area: services
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: low
#   attack: [T1200]
#   remediation:
#     text: Block thunderbolt in modprobe.d, and unload it where it is loaded.
#     command: printf 'install thunderbolt /bin/false\nblacklist thunderbolt\n' > /etc/modprobe.d/casemate-thunderbolt.conf && (modprobe -r thunderbolt 2>/dev/null || true)
package casemate.host.module.thunderbolt

import data.casemate.lib.module

name := "thunderbolt"

option := "CONFIG_USB4"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
