# METADATA
# title: The automounter is not installed
# description: autofs mounts what a user names, sticks and shares included, with root's help.
# custom:
#   id: host.packages.automounter
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_autofs_removed]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' autofs 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.automounter

import data.casemate.lib.packages

names := {"autofs"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
