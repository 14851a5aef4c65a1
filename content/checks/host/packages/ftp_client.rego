# METADATA
# title: No FTP client is installed
# description: Scripts tend to carry the passwords for it, and the network carries them in the clear.
# custom:
#   id: host.packages.ftp_client
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.2.6"]
#     ssg: [package_ftp_removed, package_tnftp_removed]
#   attack: [T1040, T1048.003]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' ftp tnftp inetutils-ftp 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.ftp_client

import data.casemate.lib.packages

names := {"ftp", "tnftp", "inetutils-ftp"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
