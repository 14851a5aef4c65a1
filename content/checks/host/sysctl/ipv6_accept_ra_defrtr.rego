# METADATA
# title: No default router is learnt from the link
# description: Even where advertisements are read for other reasons, the default route should not be theirs to give.
# custom:
#   id: host.sysctl.ipv6_accept_ra_defrtr
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R13]
#     ssg: [sysctl_net_ipv6_conf_all_accept_ra_defrtr, sysctl_net_ipv6_conf_default_accept_ra_defrtr]
#   attack: [T1557]
#   remediation:
#     text: Set accept_ra_defrtr to 0 for all and default, or turn IPv6 off.
#     command: printf 'net.ipv6.conf.all.accept_ra_defrtr = 0\nnet.ipv6.conf.default.accept_ra_defrtr = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv6-accept-ra-defrtr.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv6[./]conf[./]all[./]accept_ra_defrtr|net[./]ipv6[./]conf[./]default[./]accept_ra_defrtr)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv6-accept-ra-defrtr.conf
package casemate.host.sysctl.ipv6_accept_ra_defrtr

import data.casemate.lib.sysctl

names := [
	"net.ipv6.conf.all.accept_ra_defrtr",
	"net.ipv6.conf.default.accept_ra_defrtr",
]

wanted := {"values": ["0"]}

applies if not sysctl.ipv6_off

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
