# METADATA
# title: No TFTP server is installed
# description: >-
#   TFTP has no login: whoever reaches it takes the files, firmware and configurations for the most part.
# custom:
#   id: host.packages.tftp_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R62]
#     ssg: [package_tftp-server_removed]
#   attack: [T1040]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' tftpd-hpa atftpd tftpd 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.tftp_server

import data.casemate.lib.packages

names := {"tftpd-hpa", "atftpd", "tftpd", "tftp-server"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
