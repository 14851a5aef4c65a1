# METADATA
# title: Loopback addresses are not routed
# description: >-
#   Services bound to 127.0.0.1 trust that only this host can reach them. With route_localnet a neighbour can send
#   packets to them; Kubernetes once had to be patched for it.
# custom:
#   id: host.sysctl.ipv4_route_localnet
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_conf_all_route_localnet]
#   attack: [T1210]
#   remediation:
#     text: Set net.ipv4.conf.all.route_localnet to 0.
#     command: printf 'net.ipv4.conf.all.route_localnet = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv4-route-localnet.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]route_localnet)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-route-localnet.conf
package casemate.host.sysctl.ipv4_route_localnet

import data.casemate.lib.sysctl

names := ["net.ipv4.conf.all.route_localnet"]

wanted := {"values": ["0"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
