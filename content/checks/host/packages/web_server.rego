# METADATA
# title: No web server is installed
# description: >-
#   Web servers come along as suggestions of other packages. One that nobody knows of is one that nobody configures.
# custom:
#   id: host.packages.web_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_httpd_removed, package_nginx_removed]
#   attack: [T1190]
#   params:
#     allow: {type: list, default: [], description: "web servers that are wanted, on hosts whose task it is"}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' apache2 nginx nginx-core nginx-light nginx-full lighttpd caddy 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.web_server

import data.casemate.lib.packages

names := {"apache2", "nginx", "nginx-core", "nginx-light", "nginx-full", "lighttpd", "caddy", "httpd"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
