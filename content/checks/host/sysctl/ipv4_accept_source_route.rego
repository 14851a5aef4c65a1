# METADATA
# title: Source-routed packets are dropped (IPv4)
# description: >-
#   A sender who may lay down the path of a packet can walk around filters and reach networks that are not meant to be
#   reachable from where they stand.
# custom:
#   id: host.sysctl.ipv4_accept_source_route
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.3.8"]
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_conf_all_accept_source_route, sysctl_net_ipv4_conf_default_accept_source_route]
#   attack: [T1557]
#   remediation:
#     text: Set accept_source_route to 0 for all and default.
#     command: printf 'net.ipv4.conf.all.accept_source_route = 0\nnet.ipv4.conf.default.accept_source_route = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv4-accept-source-route.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]accept_source_route|net[./]ipv4[./]conf[./]default[./]accept_source_route)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-accept-source-route.conf
package casemate.host.sysctl.ipv4_accept_source_route

import data.casemate.lib.sysctl

names := [
	"net.ipv4.conf.all.accept_source_route",
	"net.ipv4.conf.default.accept_source_route",
]

wanted := {"values": ["0"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
