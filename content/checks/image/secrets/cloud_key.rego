# METADATA
# title: No key of a cloud account lies in the image
# description: >-
#   Such keys work from anywhere: whoever can pull the image can do in the account what the key may.
# custom:
#   id: image.secrets.cloud_key
#   kind: image
#   area: secrets
#   needs: [secrets, software]
#   severity: critical
#   frameworks:
#     cis_docker: ["4.10"]
#   attack: [T1552.001, T1078.004]
#   remediation:
#     text: >-
#       Take it out of the build (a build secret, or a variable or file given when the container runs), build anew
#       from a clean layer, and replace the secret: deleting the file in a later step leaves it in the image.
package casemate.image.secrets.cloud_key

import data.casemate.lib.secrets

compliant if secrets.none("cloud_key")

deny contains finding if some finding in secrets.found("cloud_key", "a key of a cloud account")
