# METADATA
# title: No Samba server is installed
# description: Windows shares on a host that does not serve files are a target that worms know well.
# custom:
#   id: host.packages.samba
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_samba_removed]
#   attack: [T1021.002]
#   params:
#     allow: {type: list, default: [], description: "of the names above, those that are wanted on a file server"}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' samba 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.samba

import data.casemate.lib.packages

names := {"samba", "samba-server"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
