# METADATA
# title: No inetd is installed
# description: >-
#   inetd starts old services on demand, out of a file that nobody reads any more; systemd's sockets do the same
#   visibly.
# custom:
#   id: host.packages.inetd
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R62]
#     ssg: [package_xinetd_removed]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' xinetd openbsd-inetd inetutils-inetd rlinetd 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.inetd

import data.casemate.lib.packages

names := {"xinetd", "openbsd-inetd", "inetutils-inetd", "rlinetd"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
