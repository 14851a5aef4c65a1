# METADATA
# title: Access point of many regions blocks public access
# description: >-
#   Its block cannot be changed later.
# custom:
#   id: aws.s3control.multi_region_public_access_block
#   kind: aws.s3control.multi_region_access_point
#   area: storage
#   needs: [access_point]
#   severity: medium
#   remediation:
#     text: >-
#       Make the access point anew with all four flags on.
package casemate.aws.s3control.multi_region_public_access_block

import data.casemate.lib.aws.s3

block := object.get(input.facets.access_point, "PublicAccessBlock", {})

compliant if count(s3.off(block)) == 0

deny contains {"message": sprintf("not on: %s", [concat(", ", s3.off(block))]), "evidence": block} if not compliant
