# METADATA
# title: No private key lies in the image
# description: >-
#   Whoever can pull the image has the key, from every layer that ever held it, and is whoever the key says. Keys
#   that come with packages as samples are told apart where their place says so; where not, exempt them.
# custom:
#   id: image.secrets.private_key
#   kind: image
#   area: secrets
#   needs: [secrets, software]
#   severity: high
#   frameworks:
#     cis_docker: ["4.10"]
#   attack: [T1552.004]
#   remediation:
#     text: >-
#       Take it out of the build (a build secret, or a variable or file given when the container runs), build anew
#       from a clean layer, and replace the secret: deleting the file in a later step leaves it in the image.
package casemate.image.secrets.private_key

import data.casemate.lib.secrets

compliant if secrets.none("private_key")

deny contains finding if some finding in secrets.found("private_key", "a private key")
