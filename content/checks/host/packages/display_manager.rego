# METADATA
# title: No graphical login is installed
# description: A server needs no desktop. Its login manager brings hundreds of packages along and runs as root.
# custom:
#   id: host.packages.display_manager
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.7.1"]
#     ssg: [package_gdm_removed]
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' gdm3 lightdm sddm xdm lxdm slim 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.display_manager

import data.casemate.lib.packages

names := {"gdm3", "lightdm", "sddm", "xdm", "lxdm", "slim", "gdm"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
