# METADATA
# title: IPv6 addresses are not made up from advertisements
# description: Addresses that the host derives by itself are in no inventory and in no firewall rule.
# custom:
#   id: host.sysctl.ipv6_autoconf
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R13]
#     ssg: [sysctl_net_ipv6_conf_all_autoconf, sysctl_net_ipv6_conf_default_autoconf]
#   attack: [T1557]
#   remediation:
#     text: Set autoconf to 0 for all and default, or turn IPv6 off.
#     command: printf 'net.ipv6.conf.all.autoconf = 0\nnet.ipv6.conf.default.autoconf = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv6-autoconf.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv6[./]conf[./]all[./]autoconf|net[./]ipv6[./]conf[./]default[./]autoconf)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv6-autoconf.conf
package casemate.host.sysctl.ipv6_autoconf

import data.casemate.lib.sysctl

names := [
	"net.ipv6.conf.all.autoconf",
	"net.ipv6.conf.default.autoconf",
]

wanted := {"values": ["0"]}

applies if not sysctl.ipv6_off

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
