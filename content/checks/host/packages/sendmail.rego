# METADATA
# title: sendmail is not installed
# description: >-
#   sendmail has the longest list of holes of all mail servers, and a configuration that hides mistakes. Its
#   successors do the work in separate small programs.
# custom:
#   id: host.packages.sendmail
#   kind: host
#   area: services
#   needs: [packages]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R62]
#     ssg: [package_sendmail_removed]
#   attack: [T1190]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' sendmail sendmail-bin 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.sendmail

import data.casemate.lib.packages

names := {"sendmail", "sendmail-bin"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
