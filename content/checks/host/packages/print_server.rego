# METADATA
# title: No print server is installed
# description: >-
#   CUPS is much code that listens for printers, on hosts that never print. Its discovery has let strangers run
#   commands.
# custom:
#   id: host.packages.print_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_cups_removed]
#   attack: [T1210]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' cups cups-daemon cups-browsed 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.print_server

import data.casemate.lib.packages

names := {"cups", "cups-daemon", "cups-browsed"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
