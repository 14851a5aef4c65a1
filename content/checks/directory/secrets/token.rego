# METADATA
# title: No token of a service lies in the directory
# description: >-
#   Whoever gets a copy of these files can act at the service as the one it was given to.
# custom:
#   id: directory.secrets.token
#   kind: directory
#   area: secrets
#   needs: [secrets, software]
#   severity: high
#   attack: [T1552.001, T1528]
#   remediation:
#     text: >-
#       Move it to where secrets are kept (a vault, or a file that only the service may read), and replace it if
#       others could read it.
package casemate.directory.secrets.token

import data.casemate.lib.secrets

compliant if secrets.none("token")

deny contains finding if some finding in secrets.found("token", "a token")
