# METADATA
# title: Bogus ICMP error answers fill no log
# description: >-
#   Some routers answer broadcasts with errors that break the standard. Each would be logged, and a flood of them can
#   fill the disk.
# custom:
#   id: host.sysctl.ipv4_icmp_ignore_bogus_error_responses
#   kind: host
#   area: network
#   needs: [sysctl_persisted]
#   needs_if_supported: [sysctl_running]
#   severity: low
#   frameworks:
#     cis_debian_12: ["3.3.3"]
#     anssi_bp_028: [R12]
#     ssg: [sysctl_net_ipv4_icmp_ignore_bogus_error_responses]
#   attack: [T1499]
#   remediation:
#     text: Set net.ipv4.icmp_ignore_bogus_error_responses to 1.
#     command: printf 'net.ipv4.icmp_ignore_bogus_error_responses = 1\n' > /etc/sysctl.d/99-zz-casemate-ipv4-icmp-ignore-bogus-error-responses.conf && ([ ! -e /etc/sysctl.conf ] || sed -Ei 's/^[[:space:]]*(net[./]ipv4[./]icmp_ignore_bogus_error_responses)[[:space:]]*=/#&/' /etc/sysctl.conf) && sysctl -p /etc/sysctl.d/99-zz-casemate-ipv4-icmp-ignore-bogus-error-responses.conf
package casemate.host.sysctl.ipv4_icmp_ignore_bogus_error_responses

import data.casemate.lib.sysctl

names := ["net.ipv4.icmp_ignore_bogus_error_responses"]

wanted := {"values": ["1"]}

compliant if sysctl.hold(names, wanted)

deny contains finding if some finding in sysctl.wrong(names, wanted)
