# METADATA
# title: No rsh server is installed
# description: >-
#   rlogin and rsh let in whoever says they come from a trusted host, without a password and without encryption.
# custom:
#   id: host.packages.rsh_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R62]
#     disa_stig_ubuntu_22.04: [UBTU-22-215030]
#     disa_stig_ubuntu_24.04: [UBTU-24-100040]
#     ssg: [package_rsh-server_removed]
#   attack: [T1021, T1040]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' rsh-server rsh-redone-server inetutils-rshd 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.rsh_server

import data.casemate.lib.packages

names := {"rsh-server", "rsh-redone-server", "inetutils-rshd"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
