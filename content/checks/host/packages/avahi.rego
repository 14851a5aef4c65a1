# METADATA
# title: Avahi is not installed
# description: Announcing the services of a server to the whole link helps only those who are looking for them.
# custom:
#   id: host.packages.avahi
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_avahi_removed]
#   attack: [T1046]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' avahi-daemon 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.avahi

import data.casemate.lib.packages

names := {"avahi-daemon", "avahi"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
