# METADATA
# title: ICMP redirects are not obeyed (IPv4)
# description: >-
#   A redirect tells the host to send traffic by another router. Anybody on the same network can forge one and have
#   the traffic pass through them.
# custom:
#   id: host.sysctl.ipv4_accept_redirects
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.3.5"]
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_conf_all_accept_redirects, sysctl_net_ipv4_conf_default_accept_redirects]
#   attack: [T1557]
#   remediation:
#     text: Set accept_redirects to 0 for all and default.
#     command: printf 'net.ipv4.conf.all.accept_redirects = 0\nnet.ipv4.conf.default.accept_redirects = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv4-accept-redirects.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]accept_redirects|net[./]ipv4[./]conf[./]default[./]accept_redirects)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-accept-redirects.conf
package casemate.host.sysctl.ipv4_accept_redirects

import data.casemate.lib.sysctl

names := [
	"net.ipv4.conf.all.accept_redirects",
	"net.ipv4.conf.default.accept_redirects",
]

wanted := {"values": ["0"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
