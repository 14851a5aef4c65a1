# METADATA
# title: The SCTP protocol is kept out
# description: >-
#   SCTP is at home in telephone signalling. Elsewhere it is a second transport that firewalls tend to forget.
# custom:
#   id: host.module.sctp
#   kind: host
#   area: network
#   needs: [modules_config]
#   needs_if_supported: [modules_loaded, kernel_config]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.2.4"]
#     ssg: [kernel_module_sctp_disabled]
#   attack: [T1068]
#   remediation:
#     text: Block sctp in modprobe.d, and unload it where it is loaded.
#     command: printf 'install sctp /bin/false\nblacklist sctp\n' > /etc/modprobe.d/casemate-sctp.conf && (modprobe -r sctp 2>/dev/null || true)
package casemate.host.module.sctp

import data.casemate.lib.module

name := "sctp"

option := "CONFIG_IP_SCTP"

compliant if module.kept_out(name, option)

deny contains finding if some finding in module.open(name, option)
