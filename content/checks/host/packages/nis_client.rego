# METADATA
# title: No NIS client is installed
# description: >-
#   NIS believes whichever server answers first, and gets accounts with their password hashes from it in the clear.
# custom:
#   id: host.packages.nis_client
#   kind: host
#   area: services
#   needs: [packages]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.2.1"]
#     anssi_bp_028: [R62]
#     ssg: [package_nis_removed, package_ypbind_removed]
#   attack: [T1003.008, T1557]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' nis ypbind-mt 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.nis_client

import data.casemate.lib.packages

names := {"nis", "yp-tools", "ypbind-mt", "ypbind"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
