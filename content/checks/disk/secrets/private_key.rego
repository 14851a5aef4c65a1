# METADATA
# title: No private key lies in the disk
# description: >-
#   Every copy of the disk is a copy of the key, and so is every machine that is started from it. Keys that come
#   with packages as samples are told apart where their place says so; where not, exempt them.
# custom:
#   id: disk.secrets.private_key
#   kind: disk
#   area: secrets
#   needs: [secrets, software]
#   severity: high
#   attack: [T1552.004]
#   remediation:
#     text: >-
#       Remove it before the disk is made into a template, give it to each machine when it starts, and replace the
#       secret.
package casemate.disk.secrets.private_key

import data.casemate.lib.secrets

compliant if secrets.none("private_key")

deny contains finding if some finding in secrets.found("private_key", "a private key")
