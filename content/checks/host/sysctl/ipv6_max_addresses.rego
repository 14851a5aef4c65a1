# METADATA
# title: An interface takes one automatic IPv6 address at most
# description: >-
#   A flood of advertisements with ever new prefixes would otherwise fill the table of addresses; 16 are allowed by
#   default, and 0 means no limit.
# custom:
#   id: host.sysctl.ipv6_max_addresses
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R13]
#     ssg: [sysctl_net_ipv6_conf_all_max_addresses, sysctl_net_ipv6_conf_default_max_addresses]
#   attack: [T1499]
#   remediation:
#     text: Set max_addresses to 1 for all and default, or turn IPv6 off.
#     command: printf 'net.ipv6.conf.all.max_addresses = 1\nnet.ipv6.conf.default.max_addresses = 1\n' > /etc/sysctl.d/99-zz-casemate-ipv6-max-addresses.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv6[./]conf[./]all[./]max_addresses|net[./]ipv6[./]conf[./]default[./]max_addresses)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv6-max-addresses.conf
package casemate.host.sysctl.ipv6_max_addresses

import data.casemate.lib.sysctl

names := [
	"net.ipv6.conf.all.max_addresses",
	"net.ipv6.conf.default.max_addresses",
]

wanted := {"values": ["1"]}

applies if not sysctl.ipv6_off

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
