# METADATA
# title: No NIS server is installed
# description: An NIS server hands the password hashes of all users to whoever asks for the map.
# custom:
#   id: host.packages.nis_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R62]
#     ssg: [package_ypserv_removed]
#   attack: [T1003.008]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n'  2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.nis_server

import data.casemate.lib.packages

names := {"ypserv"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
