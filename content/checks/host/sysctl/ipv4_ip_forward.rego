# METADATA
# title: The host does not route IPv4 packets
# description: >-
#   A server that forwards joins networks that were meant to be apart, and an attacker who reaches one uses it as the
#   way into the other. Container hosts and routers forward on purpose: exempt them.
# custom:
#   id: host.sysctl.ipv4_ip_forward
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.3.1"]
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_ip_forward]
#   attack: [T1090, T1599]
#   remediation:
#     text: Set net.ipv4.ip_forward to 0, unless the host is a router, a VPN gateway or runs containers.
#     command: printf 'net.ipv4.ip_forward = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv4-ip-forward.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]ip_forward)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-ip-forward.conf
package casemate.host.sysctl.ipv4_ip_forward

import data.casemate.lib.sysctl

names := ["net.ipv4.ip_forward"]

wanted := {"values": ["0"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
