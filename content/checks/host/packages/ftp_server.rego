# METADATA
# title: No FTP server is installed
# description: FTP carries passwords and files in clear text. SFTP comes with every SSH server.
# custom:
#   id: host.packages.ftp_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: medium
#   frameworks:
#     ssg: [package_vsftpd_removed]
#   attack: [T1040]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' vsftpd proftpd-basic proftpd-core pure-ftpd ftpd inetutils-ftpd 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.ftp_server

import data.casemate.lib.packages

names := {"vsftpd", "proftpd-basic", "proftpd-core", "pure-ftpd", "ftpd", "inetutils-ftpd", "proftpd"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
