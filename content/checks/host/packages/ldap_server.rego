# METADATA
# title: No LDAP server is installed
# description: A directory holds accounts and often password hashes. It belongs on hosts that are set up for it.
# custom:
#   id: host.packages.ldap_server
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_openldap-servers_removed]
#   params:
#     allow: {type: list, default: [], description: directory servers that are wanted}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' slapd 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.ldap_server

import data.casemate.lib.packages

names := {"slapd", "389-ds-base", "openldap-servers"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
