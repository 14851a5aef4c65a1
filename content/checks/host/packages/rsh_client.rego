# METADATA
# title: No rsh client is installed
# description: rsh, rlogin and rcp send everything in the clear, and their clients used to be set-user-id root.
# custom:
#   id: host.packages.rsh_client
#   kind: host
#   area: services
#   needs: [packages]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.2.2"]
#     anssi_bp_028: [R62]
#     ssg: [package_rsh_removed]
#   attack: [T1040]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' rsh-client rsh-redone-client 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.rsh_client

import data.casemate.lib.packages

names := {"rsh-client", "rsh-redone-client", "rsh"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
