# METADATA
# title: Redirects are not obeyed even from known gateways
# description: >-
#   The check that a redirect comes from a gateway looks only at its source address, which a neighbour can forge.
# custom:
#   id: host.sysctl.ipv4_secure_redirects
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.3.6"]
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_conf_all_secure_redirects, sysctl_net_ipv4_conf_default_secure_redirects]
#   attack: [T1557]
#   remediation:
#     text: Set secure_redirects to 0 for all and default.
#     command: printf 'net.ipv4.conf.all.secure_redirects = 0\nnet.ipv4.conf.default.secure_redirects = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv4-secure-redirects.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]secure_redirects|net[./]ipv4[./]conf[./]default[./]secure_redirects)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-secure-redirects.conf
package casemate.host.sysctl.ipv4_secure_redirects

import data.casemate.lib.sysctl

names := [
	"net.ipv4.conf.all.secure_redirects",
	"net.ipv4.conf.default.secure_redirects",
]

wanted := {"values": ["0"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
