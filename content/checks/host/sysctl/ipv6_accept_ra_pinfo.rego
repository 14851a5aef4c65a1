# METADATA
# title: No address prefixes are learnt from the link
# description: >-
#   A prefix from a forged advertisement gives the host an address, and so a reachable face, on a network that nobody
#   planned.
# custom:
#   id: host.sysctl.ipv6_accept_ra_pinfo
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R13]
#     ssg: [sysctl_net_ipv6_conf_all_accept_ra_pinfo, sysctl_net_ipv6_conf_default_accept_ra_pinfo]
#   attack: [T1557]
#   remediation:
#     text: Set accept_ra_pinfo to 0 for all and default, or turn IPv6 off.
#     command: printf 'net.ipv6.conf.all.accept_ra_pinfo = 0\nnet.ipv6.conf.default.accept_ra_pinfo = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv6-accept-ra-pinfo.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv6[./]conf[./]all[./]accept_ra_pinfo|net[./]ipv6[./]conf[./]default[./]accept_ra_pinfo)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv6-accept-ra-pinfo.conf
package casemate.host.sysctl.ipv6_accept_ra_pinfo

import data.casemate.lib.sysctl

names := [
	"net.ipv6.conf.all.accept_ra_pinfo",
	"net.ipv6.conf.default.accept_ra_pinfo",
]

wanted := {"values": ["0"]}

applies if not sysctl.ipv6_off

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
