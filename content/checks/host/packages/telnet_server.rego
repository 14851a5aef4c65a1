# METADATA
# title: No telnet server is installed
# description: Telnet sends every keystroke, the password first, in clear text. One start by accident is enough.
# custom:
#   id: host.packages.telnet_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R62]
#     disa_stig_ubuntu_22.04: [UBTU-22-215035]
#     disa_stig_ubuntu_24.04: [UBTU-24-100030]
#     ssg: [package_telnet-server_removed, package_telnetd_removed]
#   attack: [T1040, T1021]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' telnetd telnetd-ssl inetutils-telnetd 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.telnet_server

import data.casemate.lib.packages

names := {"telnetd", "telnetd-ssl", "inetutils-telnetd", "telnet-server"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
