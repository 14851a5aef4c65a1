# METADATA
# title: No usage statistics are sent out
# description: The list of installed packages tells what a host can be attacked with.
# custom:
#   id: host.packages.usage_statistics
#   kind: host
#   area: software
#   needs: [packages]
#   severity: low
#   remediation:
#     text: Remove the package.
#     command: dpkg-query -W -f '${Package}\n' popularity-contest ubuntu-report 2>/dev/null | xargs -r apt-get purge -y
package casemate.host.packages.usage_statistics

import data.casemate.lib.packages

names := {"popularity-contest", "ubuntu-report"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
