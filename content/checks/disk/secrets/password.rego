# METADATA
# title: No password lies in the disk
# description: >-
#   Whoever gets a copy of the disk can log in with it wherever it is used.
# custom:
#   id: disk.secrets.password
#   kind: disk
#   area: secrets
#   needs: [secrets, software]
#   severity: high
#   attack: [T1552.001]
#   remediation:
#     text: >-
#       Remove it before the disk is made into a template, give it to each machine when it starts, and replace the
#       secret.
package casemate.disk.secrets.password

import data.casemate.lib.secrets

compliant if secrets.none("password")

deny contains finding if some finding in secrets.found("password", "a password")
