# METADATA
# title: No private key lies in the directory
# description: >-
#   Whoever gets a copy of these files has the key, and is whoever the key says. Keys that come with packages as
#   samples are told apart where their place says so; where not, exempt them.
# custom:
#   id: directory.secrets.private_key
#   kind: directory
#   area: secrets
#   needs: [secrets, software]
#   severity: high
#   attack: [T1552.004]
#   remediation:
#     text: >-
#       Move it to where secrets are kept (a vault, or a file that only the service may read), and replace it if
#       others could read it.
package casemate.directory.secrets.private_key

import data.casemate.lib.secrets

compliant if secrets.none("private_key")

deny contains finding if some finding in secrets.found("private_key", "a private key")
