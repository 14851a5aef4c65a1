# METADATA
# title: No talk client is installed
# description: talk speaks in clear text, and its server has to listen on the other side.
# custom:
#   id: host.packages.talk_client
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.2.3"]
#     anssi_bp_028: [R62]
#     ssg: [package_talk_removed]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' talk inetutils-talk ytalk 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.talk_client

import data.casemate.lib.packages

names := {"talk", "inetutils-talk", "ytalk"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
