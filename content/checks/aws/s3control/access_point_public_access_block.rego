# METADATA
# title: Access point blocks public access
# description: >-
#   An access point is another door to the bucket with a policy of its own; its block cannot be changed later.
# custom:
#   id: aws.s3control.access_point_public_access_block
#   kind: aws.s3control.access_point
#   area: storage
#   needs: [access_point]
#   severity: medium
#   remediation:
#     text: >-
#       Make the access point anew with all four flags on.
package casemate.aws.s3control.access_point_public_access_block

import data.casemate.lib.aws.s3

block := object.get(input.facets.access_point, "PublicAccessBlockConfiguration", {})

compliant if count(s3.off(block)) == 0

deny contains {"message": sprintf("not on: %s", [concat(", ", s3.off(block))]), "evidence": block} if not compliant
