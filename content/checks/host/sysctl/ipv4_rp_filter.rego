# METADATA
# title: Packets are dropped where their source cannot be reached back
# description: >-
#   The reverse-path check throws out forged source addresses. 1 is strict; 2 only asks that some route to the source
#   exists, which hosts with several uplinks may need.
# custom:
#   id: host.sysctl.ipv4_rp_filter
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.3.7"]
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_conf_all_rp_filter, sysctl_net_ipv4_conf_default_rp_filter]
#   attack: [T1557]
#   params:
#     allowed: {type: list, default: ["1"], description: accepted modes; add "2" for hosts with asymmetric routes}
#   remediation:
#     text: Set rp_filter to 1 for all and default.
#     command: printf 'net.ipv4.conf.all.rp_filter = 1\nnet.ipv4.conf.default.rp_filter = 1\n' > /etc/sysctl.d/99-zz-casemate-ipv4-rp-filter.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]rp_filter|net[./]ipv4[./]conf[./]default[./]rp_filter)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-rp-filter.conf
package casemate.host.sysctl.ipv4_rp_filter

import data.casemate.lib.sysctl

names := [
	"net.ipv4.conf.all.rp_filter",
	"net.ipv4.conf.default.rp_filter",
]

wanted := {"values": data.params.allowed}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
