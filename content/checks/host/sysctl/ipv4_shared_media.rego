# METADATA
# title: Interfaces are not taken for shared media
# description: >-
#   While shared_media is on it overrules secure_redirects, so redirects to routers outside the interface's own
#   subnets are believed.
# custom:
#   id: host.sysctl.ipv4_shared_media
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_conf_all_shared_media, sysctl_net_ipv4_conf_default_shared_media]
#   attack: [T1557]
#   remediation:
#     text: Set shared_media to 0 for all and default.
#     command: printf 'net.ipv4.conf.all.shared_media = 0\nnet.ipv4.conf.default.shared_media = 0\n' > /etc/sysctl.d/99-zz-casemate-ipv4-shared-media.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]conf[./]all[./]shared_media|net[./]ipv4[./]conf[./]default[./]shared_media)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-shared-media.conf
package casemate.host.sysctl.ipv4_shared_media

import data.casemate.lib.sysctl

names := [
	"net.ipv4.conf.all.shared_media",
	"net.ipv4.conf.default.shared_media",
]

wanted := {"values": ["0"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
