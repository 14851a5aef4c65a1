# METADATA
# title: The host sends no ICMP redirects
# description: >-
#   Only a router has reason to redirect others. From a server, redirects are noise at best, and at worst an
#   attacker's means to bend the routes of its neighbours.
# custom:
#   id: host.sysctl.ipv4_send_redirects
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.3.2"]
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_conf_all_send_redirects, sysctl_net_ipv4_conf_default_send_redirects]
#   attack: [T1557]
#   remediation:
#     text: Set send_redirects to 0 for all and default.
#     command: printf 'net.ipv4.conf.all.send_redirects = 0\nnet.ipv4.conf.default.send_redirects = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv4-send-redirects.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]send_redirects|net[./]ipv4[./]conf[./]default[./]send_redirects)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-send-redirects.conf
package casemate.host.sysctl.ipv4_send_redirects

import data.casemate.lib.sysctl

names := [
	"net.ipv4.conf.all.send_redirects",
	"net.ipv4.conf.default.send_redirects",
]

wanted := {"values": ["0"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
