# METADATA
# title: Source-routed packets are dropped (IPv6)
# description: >-
#   IPv6 knows routing headers that let the sender choose intermediate hops. 0 accepts none but the mobile-address
#   kind, -1 none at all.
# custom:
#   id: host.sysctl.ipv6_accept_source_route
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.3.8"]
#     anssi_bp_028: [R13]
#     ssg: [sysctl_net_ipv6_conf_all_accept_source_route, sysctl_net_ipv6_conf_default_accept_source_route]
#   attack: [T1557]
#   remediation:
#     text: Set accept_source_route to 0 for all and default.
#     command: printf 'net.ipv6.conf.all.accept_source_route = 0\nnet.ipv6.conf.default.accept_source_route = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv6-accept-source-route.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv6[./]conf[./]all[./]accept_source_route|net[./]ipv6[./]conf[./]default[./]accept_source_route)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv6-accept-source-route.conf
package casemate.host.sysctl.ipv6_accept_source_route

import data.casemate.lib.sysctl

names := [
	"net.ipv6.conf.all.accept_source_route",
	"net.ipv6.conf.default.accept_source_route",
]

wanted := {"values": ["0", "-1"]}

applies if not sysctl.ipv6_off

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
