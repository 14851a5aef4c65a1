# METADATA
# title: No web proxy is installed
# description: A forgotten proxy lets outsiders reach what only this host can reach.
# custom:
#   id: host.packages.web_proxy
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_squid_removed]
#   attack: [T1090]
#   params:
#     allow: {type: list, default: [], description: proxies that are wanted}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' squid squid-openssl privoxy tinyproxy 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.web_proxy

import data.casemate.lib.packages

names := {"squid", "squid-openssl", "privoxy", "tinyproxy"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
