# METADATA
# title: NIS is not installed
# description: NIS hands the password hashes of all users to whoever asks for the map.
# custom:
#   id: host.packages.nis
#   kind: host
#   area: services
#   needs: [packages]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.2.1", "2.1.10"]
#     anssi_bp_028: [R62]
#     ssg: [package_nis_removed, package_ypbind_removed, package_ypserv_removed]
#   attack: [T1003.008]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' nis ypbind-mt 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.nis

import data.casemate.lib.packages

names := {"nis", "yp-tools", "ypbind-mt", "ypserv", "ypbind"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
