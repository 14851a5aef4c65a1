# METADATA
# title: Router advertisements are ignored
# description: >-
#   Anybody on the link can announce themselves as the router of an IPv6 network, and hosts that believe it send them
#   their traffic. A server's routes belong into its configuration.
# custom:
#   id: host.sysctl.ipv6_accept_ra
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.3.11"]
#     ssg: [sysctl_net_ipv6_conf_all_accept_ra, sysctl_net_ipv6_conf_default_accept_ra]
#   attack: [T1557]
#   remediation:
#     text: Set accept_ra to 0 for all and default, or turn IPv6 off.
#     command: printf 'net.ipv6.conf.all.accept_ra = 0\nnet.ipv6.conf.default.accept_ra = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv6-accept-ra.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv6[./]conf[./]all[./]accept_ra|net[./]ipv6[./]conf[./]default[./]accept_ra)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv6-accept-ra.conf
package casemate.host.sysctl.ipv6_accept_ra

import data.casemate.lib.sysctl

names := [
	"net.ipv6.conf.all.accept_ra",
	"net.ipv6.conf.default.accept_ra",
]

wanted := {"values": ["0"]}

applies if not sysctl.ipv6_off

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
