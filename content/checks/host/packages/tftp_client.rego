# METADATA
# title: No TFTP client is installed
# description: Malware for small systems fetches its next stage by TFTP where it finds a client.
# custom:
#   id: host.packages.tftp_client
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R62]
#     ssg: [package_tftp_removed]
#   attack: [T1105]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' tftp-hpa tftp atftp 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.tftp_client

import data.casemate.lib.packages

names := {"tftp-hpa", "tftp", "atftp"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
