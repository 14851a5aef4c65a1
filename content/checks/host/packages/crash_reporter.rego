# METADATA
# title: No crash reporter is installed
# description: >-
#   Reports of crashes hold memory of the program, and their collectors, which run as root on input of users, have
#   been a way to root.
# custom:
#   id: host.packages.crash_reporter
#   kind: host
#   area: software
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_abrt_removed]
#   attack: [T1068]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' apport whoopsie kerneloops abrt 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.crash_reporter

import data.casemate.lib.packages

names := {"apport", "whoopsie", "kerneloops", "abrt"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
