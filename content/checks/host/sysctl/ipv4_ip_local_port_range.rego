# METADATA
# title: Outgoing connections use the whole upper port range
# description: >-
#   The more ports there are to choose from, the harder it is to guess the one of a connection or a DNS query and to
#   inject an answer.
# custom:
#   id: host.sysctl.ipv4_ip_local_port_range
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_ip_local_port_range]
#   attack: [T1557]
#   remediation:
#     text: Set net.ipv4.ip_local_port_range to `32768 65535`.
#     command: printf 'net.ipv4.ip_local_port_range = 32768 65535\n' > /etc/sysctl.d/99-zz-casemate-ipv4-ip-local-port-range.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]ip_local_port_range)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-ip-local-port-range.conf
package casemate.host.sysctl.ipv4_ip_local_port_range

import data.casemate.lib.sysctl

names := ["net.ipv4.ip_local_port_range"]

wanted := {"values": ["32768 65535"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
