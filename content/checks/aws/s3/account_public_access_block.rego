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
#   frameworks:
#     aws_fsbp: ["S3.1"]
#     cis_aws_3.0: ["2.1.4"]
#     cis_aws_5.0: ["2.1.4"]
#     cis_aws_6.0: ["3.1.4"]
#     cis_aws_7.0: ["3.1.4"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6", "SC-7(a)"]
#     pci_dss_4.0: ["1.4.4", "7.2.1", "7.3.3"]
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
