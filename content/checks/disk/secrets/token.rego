# METADATA
# title: No token of a service lies in the disk
# description: >-
#   Whoever gets a copy of the disk can act at the service as the one it was given to.
# custom:
#   id: disk.secrets.token
#   kind: disk
#   area: secrets
#   needs: [secrets, software]
#   severity: high
#   attack: [T1552.001, T1528]
#   remediation:
#     text: >-
#       Remove it before the disk is made into a template, give it to each machine when it starts, and replace the
#       secret.
package casemate.disk.secrets.token

import data.casemate.lib.secrets

compliant if secrets.none("token")

deny contains finding if some finding in secrets.found("token", "a token")
