# METADATA
# title: The LDAP tools are not installed
# description: >-
#   With ldapsearch at hand an intruder reads the directory of users and machines without bringing a tool along.
# custom:
#   id: host.packages.ldap_client
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.2.5"]
#     ssg: [package_openldap-clients_removed]
#   attack: [T1087.002]
#   params:
#     allow: {type: list, default: [], description: "of the names above, those that administrators of a directory need"}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' ldap-utils 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.ldap_client

import data.casemate.lib.packages

names := {"ldap-utils", "openldap-clients"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
