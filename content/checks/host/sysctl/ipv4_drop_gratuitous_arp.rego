# METADATA
# title: Unasked ARP announcements are dropped
# description: >-
#   ARP has no proof of origin: a machine on the same network can announce the gateway's address as its own. Clusters
#   that move addresses about need the announcements.
# custom:
#   id: host.sysctl.ipv4_drop_gratuitous_arp
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_conf_all_drop_gratuitous_arp]
#   attack: [T1557.002]
#   remediation:
#     text: Set net.ipv4.conf.all.drop_gratuitous_arp to 1 where no address moves between machines.
#     command: printf 'net.ipv4.conf.all.drop_gratuitous_arp = 1\n' > /etc/sysctl.d/99-zz-casemate-ipv4-drop-gratuitous-arp.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]drop_gratuitous_arp)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-drop-gratuitous-arp.conf
package casemate.host.sysctl.ipv4_drop_gratuitous_arp

import data.casemate.lib.sysctl

names := ["net.ipv4.conf.all.drop_gratuitous_arp"]

wanted := {"values": ["1"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
