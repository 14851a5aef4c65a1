# METADATA
# title: Pings to broadcast addresses are not answered
# description: >-
#   A host that answers them multiplies traffic towards whoever the forged source names: the old smurf attack.
# custom:
#   id: host.sysctl.ipv4_icmp_echo_ignore_broadcasts
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     cis_debian_12: ["3.3.4"]
#     ssg: [sysctl_net_ipv4_icmp_echo_ignore_broadcasts]
#   attack: [T1498.002]
#   remediation:
#     text: Set net.ipv4.icmp_echo_ignore_broadcasts to 1.
#     command: printf 'net.ipv4.icmp_echo_ignore_broadcasts = 1\n' > /etc/sysctl.d/99-zz-casemate-ipv4-icmp-echo-ignore-broadcasts.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]icmp_echo_ignore_broadcasts)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-icmp-echo-ignore-broadcasts.conf
package casemate.host.sysctl.ipv4_icmp_echo_ignore_broadcasts

import data.casemate.lib.sysctl

names := ["net.ipv4.icmp_echo_ignore_broadcasts"]

wanted := {"values": ["1"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
