# METADATA
# title: Each interface answers ARP for its own routes only
# description: >-
#   By default Linux answers for any of its addresses on any interface, which gives away addresses of other networks
#   and can bring traffic in over the wrong one.
# custom:
#   id: host.sysctl.ipv4_arp_filter
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_conf_all_arp_filter]
#   attack: [T1557.002]
#   remediation:
#     text: Set net.ipv4.conf.all.arp_filter to 1, unless virtual addresses or load balancing rely on the default.
#     command: printf 'net.ipv4.conf.all.arp_filter = 1\n' > /etc/sysctl.d/99-zz-casemate-ipv4-arp-filter.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]arp_filter)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-arp-filter.conf
package casemate.host.sysctl.ipv4_arp_filter

import data.casemate.lib.sysctl

names := ["net.ipv4.conf.all.arp_filter"]

wanted := {"values": ["1"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
