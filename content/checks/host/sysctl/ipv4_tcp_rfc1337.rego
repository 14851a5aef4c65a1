# METADATA
# title: Connections in TIME-WAIT cannot be cut short
# description: >-
#   A reset that arrives late, or is forged, would end the waiting state early, and segments of the old connection
#   could be taken for the next one's.
# custom:
#   id: host.sysctl.ipv4_tcp_rfc1337
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_tcp_rfc1337]
#   attack: [T1499]
#   remediation:
#     text: Set net.ipv4.tcp_rfc1337 to 1.
#     command: printf 'net.ipv4.tcp_rfc1337 = 1\n' > /etc/sysctl.d/99-zz-casemate-ipv4-tcp-rfc1337.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]tcp_rfc1337)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-tcp-rfc1337.conf
package casemate.host.sysctl.ipv4_tcp_rfc1337

import data.casemate.lib.sysctl

names := ["net.ipv4.tcp_rfc1337"]

wanted := {"values": ["1"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
