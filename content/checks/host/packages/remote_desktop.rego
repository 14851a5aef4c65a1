# METADATA
# title: No remote desktop server is installed
# description: >-
#   VNC encrypts nothing by itself and cuts passwords at eight characters; RDP servers are the most tried door of all.
# custom:
#   id: host.packages.remote_desktop
#   kind: host
#   area: services
#   needs: [packages]
#   severity: medium
#   attack: [T1021.005, T1021.001]
#   params:
#     allow: {type: list, default: [], description: remote desktops that are wanted}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' xrdp tigervnc-standalone-server tightvncserver x11vnc vino 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.remote_desktop

import data.casemate.lib.packages

names := {"xrdp", "tigervnc-standalone-server", "tightvncserver", "x11vnc", "vino", "tigervnc-server"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
