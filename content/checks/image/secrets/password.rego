# METADATA
# title: No password lies in the image
# description: >-
#   Whoever can pull the image can log in with it wherever it is used; a password in an image also cannot be changed
#   without a new image.
# custom:
#   id: image.secrets.password
#   kind: image
#   area: secrets
#   needs: [secrets, software]
#   severity: high
#   frameworks:
#     cis_docker: ["4.10"]
#   attack: [T1552.001]
#   remediation:
#     text: >-
#       Take it out of the build (a build secret, or a variable or file given when the container runs), build anew
#       from a clean layer, and replace the secret: deleting the file in a later step leaves it in the image.
package casemate.image.secrets.password

import data.casemate.lib.secrets

compliant if secrets.none("password")

deny contains finding if some finding in secrets.found("password", "a password")
