# METADATA
# title: No SNMP agent is installed
# description: >-
#   SNMP up to version 2 protects what it tells about a host, and sometimes may change, by a word in clear text.
# custom:
#   id: host.packages.snmp_agent
#   kind: host
#   area: services
#   needs: [packages]
#   severity: low
#   frameworks:
#     ssg: [package_net-snmp_removed]
#   attack: [T1602.001]
#   params:
#     allow: {type: list, default: [], description: "of the names above, those that monitoring needs"}
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' snmpd 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.snmp_agent

import data.casemate.lib.packages

names := {"snmpd", "net-snmp"}

unwanted := names - {name | some name in data.params.allow}

compliant if packages.none(unwanted)

deny contains finding if some finding in packages.unwanted(unwanted)
