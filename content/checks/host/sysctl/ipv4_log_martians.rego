# METADATA
# title: Packets with impossible addresses are logged
# description: >-
#   Such packets are dropped anyway. The log shows who forges addresses, and broken routing before it hurts.
# custom:
#   id: host.sysctl.ipv4_log_martians
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     cis_debian_12: ["3.3.9"]
#     ssg: [sysctl_net_ipv4_conf_all_log_martians, sysctl_net_ipv4_conf_default_log_martians]
#   remediation:
#     text: Set log_martians to 1 for all and default.
#     command: printf 'net.ipv4.conf.all.log_martians = 1\nnet.ipv4.conf.default.log_martians = 1\n' > /etc/sysctl.d/99-zz-casemate-ipv4-log-martians.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]log_martians|net[./]ipv4[./]conf[./]default[./]log_martians)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-log-martians.conf
package casemate.host.sysctl.ipv4_log_martians

import data.casemate.lib.sysctl

names := [
	"net.ipv4.conf.all.log_martians",
	"net.ipv4.conf.default.log_martians",
]

wanted := {"values": ["1"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
