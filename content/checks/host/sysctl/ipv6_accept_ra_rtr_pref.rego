# METADATA
# title: Preferences of routers on the link are ignored
# description: >-
#   An advertisement that calls itself highly preferred would win over the real router without any other trick.
# custom:
#   id: host.sysctl.ipv6_accept_ra_rtr_pref
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R13]
#     ssg: [sysctl_net_ipv6_conf_all_accept_ra_rtr_pref, sysctl_net_ipv6_conf_default_accept_ra_rtr_pref]
#   attack: [T1557]
#   remediation:
#     text: Set accept_ra_rtr_pref to 0 for all and default, or turn IPv6 off.
#     command: printf 'net.ipv6.conf.all.accept_ra_rtr_pref = 0\nnet.ipv6.conf.default.accept_ra_rtr_pref = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv6-accept-ra-rtr-pref.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv6[./]conf[./]all[./]accept_ra_rtr_pref|net[./]ipv6[./]conf[./]default[./]accept_ra_rtr_pref)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv6-accept-ra-rtr-pref.conf
package casemate.host.sysctl.ipv6_accept_ra_rtr_pref

import data.casemate.lib.sysctl

names := [
	"net.ipv6.conf.all.accept_ra_rtr_pref",
	"net.ipv6.conf.default.accept_ra_rtr_pref",
]

wanted := {"values": ["0"]}

applies if not sysctl.ipv6_off

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
