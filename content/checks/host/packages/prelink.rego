# METADATA
# title: prelink is not installed
# description: >-
#   prelink changes programs on disk, so that integrity checks no longer know them, and fixes addresses that should be
#   random.
# custom:
#   id: host.packages.prelink
#   kind: host
#   area: software
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_prelink_removed]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' prelink 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.prelink

import data.casemate.lib.packages

names := {"prelink"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
