# METADATA
# title: No name server is installed
# description: >-
#   A name server that nobody looks after answers and caches for everybody, and takes part in amplified attacks.
# custom:
#   id: host.packages.dns_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_bind_removed]
#   attack: [T1498.002]
#   params:
#     allow: {type: list, default: [], description: name servers that are wanted}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' bind9 unbound knot pdns-server nsd 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.dns_server

import data.casemate.lib.packages

names := {"bind9", "unbound", "knot", "pdns-server", "nsd", "bind"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
