# METADATA
# title: No X server is installed
# description: An X server on a server is a display nobody sees, made of old code with much history of holes.
# custom:
#   id: host.service.x_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.1.20"]
#     ssg: [package_xorg-x11-server-common_removed]
#   attack: [T1056.001]
#   remediation:
#     text: Remove the X server.
#     command: "dpkg-query -W -f '${Package}\\n' xserver-common xserver-xorg-core 2>/dev/null | xargs -r apt-get purge -y"
package casemate.host.service.x_server

import data.casemate.lib.packages

installed := packages.installed if packages.listed

names := ["xserver-common", "xserver-xorg-core", "xorg-x11-server-Xorg"]

found := [name |
	some name in names
	installed[name]
] if is_object(installed)

compliant if count(found) == 0

deny contains {"message": sprintf("%s %s is installed", [name, installed[name].version]), "evidence": {"package": name}} if some name in found
