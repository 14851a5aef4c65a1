# METADATA
# title: Bucket blocks public access
# description: >-
#   The block is the belt beside the braces: with its four flags on, no later policy or ACL can open the bucket to
#   everybody. The account's own block is judged by `aws.s3.account_public_access_block`.
# custom:
#   id: aws.s3.public_access_block
#   kind: aws.s3.bucket
#   area: storage
#   needs: [public_access_block]
#   severity: medium
#   remediation:
#     text: >-
#       Turn on the four flags. A bucket that must be public belongs behind CloudFront with an origin access control.
#     command: >-
#       aws s3api put-public-access-block --bucket NAME --public-access-block-configuration
#       BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
package casemate.aws.s3.public_access_block

import data.casemate.lib.aws.s3

block := input.facets.public_access_block

compliant if count(s3.off(block)) == 0

deny contains {"message": sprintf("not on: %s", [concat(", ", s3.off(block))]), "evidence": block} if not compliant
