# METADATA
# title: No NFS server is installed
# description: Classic NFS believes whatever user id a client states.
# custom:
#   id: host.packages.nfs_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-215040]
#     disa_stig_ubuntu_24.04: [UBTU-24-100050]
#     ssg: [package_nfs-kernel-server_removed]
#   attack: [T1039]
#   params:
#     allow: {type: list, default: [], description: NFS servers that are wanted}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' nfs-kernel-server nfs-ganesha 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.nfs_server

import data.casemate.lib.packages

names := {"nfs-kernel-server", "nfs-ganesha"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
