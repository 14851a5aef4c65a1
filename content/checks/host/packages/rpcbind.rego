# METADATA
# title: rpcbind is not installed
# description: rpcbind tells everybody which RPC services a host has, and amplifies attacks on others.
# custom:
#   id: host.packages.rpcbind
#   kind: host
#   area: services
#   needs: [packages]
#   severity: medium
#   frameworks:
#     ssg: [package_rpcbind_removed]
#   attack: [T1046, T1498.002]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' rpcbind 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.rpcbind

import data.casemate.lib.packages

names := {"rpcbind"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
