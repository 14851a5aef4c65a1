# METADATA
# title: Account blocks public access to all its buckets
# description: >-
#   The account's block holds for every bucket, those that are made tomorrow too.
# custom:
#   id: aws.s3.account_public_access_block
#   kind: aws.account
#   area: storage
#   needs: [s3_public_access_block]
#   severity: medium
#   remediation:
#     text: >-
#       Turn on the four flags for the account, after a look at the buckets that are public on purpose.
#     command: >-
#       aws s3control put-public-access-block --account-id ID --public-access-block-configuration
#       BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
package casemate.aws.s3.account_public_access_block

import data.casemate.lib.aws.s3

block := input.facets.s3_public_access_block

compliant if count(s3.off(block)) == 0

deny contains {"message": sprintf("not on for the account: %s", [concat(", ", s3.off(block))]), "evidence": block} if not compliant
