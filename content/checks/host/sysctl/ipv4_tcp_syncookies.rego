# METADATA
# title: SYN cookies hold the host up under a flood
# description: >-
#   With the queue of half-open connections full, cookies let real clients in without keeping state. 2 uses them
#   always.
# custom:
#   id: host.sysctl.ipv4_tcp_syncookies
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.3.10"]
#     anssi_bp_028: [R12]
#     disa_stig_ubuntu_22.04: [UBTU-22-253010]
#     disa_stig_ubuntu_24.04: [UBTU-24-600190]
#     ssg: [sysctl_net_ipv4_tcp_syncookies]
#   attack: [T1499.001]
#   remediation:
#     text: Set net.ipv4.tcp_syncookies to 1.
#     command: printf 'net.ipv4.tcp_syncookies = 1\n' > /etc/sysctl.d/99-zz-casemate-ipv4-tcp-syncookies.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]tcp_syncookies)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-tcp-syncookies.conf
package casemate.host.sysctl.ipv4_tcp_syncookies

import data.casemate.lib.sysctl

names := ["net.ipv4.tcp_syncookies"]

wanted := {"values": ["1", "2"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
