# METADATA
# title: No talk server is installed
# description: talk passes messages in clear text and takes them from anybody on the network.
# custom:
#   id: host.packages.talk_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R62]
#     ssg: [package_talk-server_removed]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' talkd inetutils-talkd 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.talk_server

import data.casemate.lib.packages

names := {"talkd", "inetutils-talkd", "talk-server"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
