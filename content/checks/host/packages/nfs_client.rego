# METADATA
# title: The NFS client is not installed
# description: Its helpers, rpcbind above all, listen on the network for a host that may mount nothing at all.
# custom:
#   id: host.packages.nfs_client
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-215040]
#     ssg: [package_nfs-common_removed]
#   params:
#     allow: {type: list, default: [], description: "of the names above, those that may stay where shares are mounted"}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' nfs-common 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.nfs_client

import data.casemate.lib.packages

names := {"nfs-common", "nfs-utils"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
