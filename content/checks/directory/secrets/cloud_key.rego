# METADATA
# title: No key of a cloud account lies in the directory
# description: >-
#   Such keys work from anywhere: whoever gets a copy of these files can do in the account what the key may.
# custom:
#   id: directory.secrets.cloud_key
#   kind: directory
#   area: secrets
#   needs: [secrets, software]
#   severity: critical
#   attack: [T1552.001, T1078.004]
#   remediation:
#     text: >-
#       Move it to where secrets are kept (a vault, or a file that only the service may read), and replace it if
#       others could read it.
package casemate.directory.secrets.cloud_key

import data.casemate.lib.secrets

compliant if secrets.none("cloud_key")

deny contains finding if some finding in secrets.found("cloud_key", "a key of a cloud account")
