# METADATA
# title: Packets that claim the host's own address are dropped
# description: >-
#   A packet that comes in from outside with one of the host's own addresses as its source is forged, or means a
#   routing loop.
# custom:
#   id: host.sysctl.ipv4_accept_local
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_conf_all_accept_local]
#   attack: [T1557]
#   remediation:
#     text: Set net.ipv4.conf.all.accept_local to 0.
#     command: printf 'net.ipv4.conf.all.accept_local = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv4-accept-local.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]accept_local)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-accept-local.conf
package casemate.host.sysctl.ipv4_accept_local

import data.casemate.lib.sysctl

names := ["net.ipv4.conf.all.accept_local"]

wanted := {"values": ["0"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
