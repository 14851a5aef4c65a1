# METADATA
# title: No token of a service lies in the image
# description: >-
#   Whoever can pull the image can act at the service as the one it was given to, until the token is revoked.
# custom:
#   id: image.secrets.token
#   kind: image
#   area: secrets
#   needs: [secrets, software]
#   severity: high
#   frameworks:
#     cis_docker: ["4.10"]
#   attack: [T1552.001, T1528]
#   remediation:
#     text: >-
#       Take it out of the build (a build secret, or a variable or file given when the container runs), build anew
#       from a clean layer, and replace the secret: deleting the file in a later step leaves it in the image.
package casemate.image.secrets.token

import data.casemate.lib.secrets

compliant if secrets.none("token")

deny contains finding if some finding in secrets.found("token", "a token")
