# METADATA
# title: No key of a cloud account lies in the disk
# description: >-
#   Such keys work from anywhere: whoever gets a copy of the disk can do in the account what the key may.
# custom:
#   id: disk.secrets.cloud_key
#   kind: disk
#   area: secrets
#   needs: [secrets, software]
#   severity: critical
#   attack: [T1552.001, T1078.004]
#   remediation:
#     text: >-
#       Remove it before the disk is made into a template, give it to each machine when it starts, and replace the
#       secret.
package casemate.disk.secrets.cloud_key

import data.casemate.lib.secrets

compliant if secrets.none("cloud_key")

deny contains finding if some finding in secrets.found("cloud_key", "a key of a cloud account")
