# METADATA
# title: The host does not route IPv6 packets
# description: >-
#   Forwarding of IPv6 is easily forgotten where only IPv4 is filtered, and opens a second way between networks.
# custom:
#   id: host.sysctl.ipv6_forwarding
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.3.1"]
#     ssg: [sysctl_net_ipv6_conf_all_forwarding]
#   attack: [T1090, T1599]
#   remediation:
#     text: Set net.ipv6.conf.all.forwarding to 0, unless the host is a router or runs containers.
#     command: printf 'net.ipv6.conf.all.forwarding = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv6-forwarding.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv6[./]conf[./]all[./]forwarding)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv6-forwarding.conf
package casemate.host.sysctl.ipv6_forwarding

import data.casemate.lib.sysctl

names := ["net.ipv6.conf.all.forwarding"]

wanted := {"values": ["0"]}

applies if not sysctl.ipv6_off

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
