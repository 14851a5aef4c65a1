# METADATA
# title: No DHCP server is installed
# description: A second DHCP server on a network hands out addresses and gateways against the first one.
# custom:
#   id: host.packages.dhcp_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R62]
#     ssg: [package_dhcp_removed, package_kea_removed]
#   attack: [T1557.003]
#   params:
#     allow: {type: list, default: [], description: DHCP servers that are wanted}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' isc-dhcp-server kea-dhcp4-server kea-dhcp6-server udhcpd 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.dhcp_server

import data.casemate.lib.packages

names := {"isc-dhcp-server", "kea-dhcp4-server", "kea-dhcp6-server", "udhcpd", "dhcp-server", "kea"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
