# METADATA
# title: The host does not ask for routers
# description: >-
#   Questions for a router invite whoever listens to answer as one. A host with fixed routes has no need to ask.
# custom:
#   id: host.sysctl.ipv6_router_solicitations
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R13]
#     ssg: [sysctl_net_ipv6_conf_all_router_solicitations, sysctl_net_ipv6_conf_default_router_solicitations]
#   attack: [T1557]
#   remediation:
#     text: Set router_solicitations to 0 for all and default, or turn IPv6 off.
#     command: printf 'net.ipv6.conf.all.router_solicitations = 0\nnet.ipv6.conf.default.router_solicitations = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv6-router-solicitations.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv6[./]conf[./]all[./]router_solicitations|net[./]ipv6[./]conf[./]default[./]router_solicitations)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv6-router-solicitations.conf
package casemate.host.sysctl.ipv6_router_solicitations

import data.casemate.lib.sysctl

names := [
	"net.ipv6.conf.all.router_solicitations",
	"net.ipv6.conf.default.router_solicitations",
]

wanted := {"values": ["0"]}

applies if not sysctl.ipv6_off

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
