# METADATA
# title: No telnet client is installed
# description: Where it is at hand, somebody will log in somewhere with it and send the password in the clear.
# custom:
#   id: host.packages.telnet_client
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.2.4"]
#     anssi_bp_028: [R62]
#     ssg: [package_telnet_removed, package_inetutils-telnet_removed]
#   attack: [T1040]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' telnet telnet-ssl inetutils-telnet 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.telnet_client

import data.casemate.lib.packages

names := {"telnet", "telnet-ssl", "inetutils-telnet"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
