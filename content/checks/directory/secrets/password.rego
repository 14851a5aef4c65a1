# METADATA
# title: No password lies in the directory
# description: >-
#   Whoever gets a copy of these files can log in with it wherever it is used.
# custom:
#   id: directory.secrets.password
#   kind: directory
#   area: secrets
#   needs: [secrets, software]
#   severity: high
#   attack: [T1552.001]
#   remediation:
#     text: >-
#       Move it to where secrets are kept (a vault, or a file that only the service may read), and replace it if
#       others could read it.
package casemate.directory.secrets.password

import data.casemate.lib.secrets

compliant if secrets.none("password")

deny contains finding if some finding in secrets.found("password", "a password")
