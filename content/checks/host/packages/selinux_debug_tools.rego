# METADATA
# title: Tools that explain SELinux denials are not on production hosts
# description: >-
#   They run with privileges, on input that a confined program chooses, and their advice is often to allow what was
#   rightly stopped.
# custom:
#   id: host.packages.selinux_debug_tools
#   kind: host
#   area: access
#   needs: [packages]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R49]
#     ssg: [package_setroubleshoot_removed, package_setroubleshoot-server_removed, package_setroubleshoot-plugins_removed]
#   remediation:
#     text: "Remove them: `dnf remove setroubleshoot*`."
package casemate.host.packages.selinux_debug_tools

import data.casemate.lib.packages

names := {"setroubleshoot", "setroubleshoot-server", "setroubleshoot-plugins"}

compliant if packages.none(names)

deny contains finding if some finding in packages.unwanted(names)
