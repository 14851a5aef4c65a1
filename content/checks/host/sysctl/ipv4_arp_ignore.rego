# METADATA
# title: ARP questions are answered only to neighbours of the address
# description: >-
#   With 2 the host answers where the address stands on the asked interface and the asker is in the same subnet, so
#   that it cannot be mapped from elsewhere.
# custom:
#   id: host.sysctl.ipv4_arp_ignore
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_conf_all_arp_ignore]
#   attack: [T1557.002, T1018]
#   params:
#     allowed: {type: list, default: ["2"], description: accepted levels; 1 is the common one on hosts with virtual addresses}
#   remediation:
#     text: Set net.ipv4.conf.all.arp_ignore to 2.
#     command: printf 'net.ipv4.conf.all.arp_ignore = 2\n' > /etc/sysctl.d/99-zz-casemate-ipv4-arp-ignore.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]arp_ignore)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-arp-ignore.conf
package casemate.host.sysctl.ipv4_arp_ignore

import data.casemate.lib.sysctl

names := ["net.ipv4.conf.all.arp_ignore"]

wanted := {"values": data.params.allowed}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
