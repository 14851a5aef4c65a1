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
#   frameworks:
#     aws_fsbp: ["S3.8"]
#     cis_aws_3.0: ["2.1.4"]
#     cis_aws_5.0: ["2.1.4"]
#     cis_aws_6.0: ["3.1.4"]
#     cis_aws_7.0: ["3.1.4"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6", "SC-7(a)"]
#     pci_dss_4.0: ["1.4.4", "7.2.1", "7.3.3"]
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
