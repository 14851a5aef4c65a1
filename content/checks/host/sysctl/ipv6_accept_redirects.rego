# METADATA
# title: ICMP redirects are not obeyed (IPv6)
# description: >-
#   IPv6 redirects can be forged from the local link as those of IPv4 can, and many networks that never planned for
#   IPv6 do not filter them.
# custom:
#   id: host.sysctl.ipv6_accept_redirects
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.3.5"]
#     anssi_bp_028: [R13]
#     ssg: [sysctl_net_ipv6_conf_all_accept_redirects, sysctl_net_ipv6_conf_default_accept_redirects]
#   attack: [T1557]
#   remediation:
#     text: Set accept_redirects to 0 for all and default.
#     command: printf 'net.ipv6.conf.all.accept_redirects = 0\nnet.ipv6.conf.default.accept_redirects = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv6-accept-redirects.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv6[./]conf[./]all[./]accept_redirects|net[./]ipv6[./]conf[./]default[./]accept_redirects)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv6-accept-redirects.conf
package casemate.host.sysctl.ipv6_accept_redirects

import data.casemate.lib.sysctl

names := [
	"net.ipv6.conf.all.accept_redirects",
	"net.ipv6.conf.default.accept_redirects",
]

wanted := {"values": ["0"]}

applies if not sysctl.ipv6_off

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
