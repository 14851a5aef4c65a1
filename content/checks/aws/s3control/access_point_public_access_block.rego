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
#   frameworks:
#     aws_fsbp: ["S3.19"]
#     cis_aws_3.0: ["2.1.4"]
#     cis_aws_5.0: ["2.1.4"]
#     cis_aws_6.0: ["3.1.4"]
#     cis_aws_7.0: ["3.1.4"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6", "SC-7(a)"]
#     pci_dss_4.0: ["1.4.4", "7.2.1", "7.3.3"]
#   remediation:
#     text: >-
#       Make the access point anew with all four flags on.
package casemate.aws.s3control.access_point_public_access_block

import data.casemate.lib.aws.s3

block := object.get(input.facets.access_point, "PublicAccessBlockConfiguration", {})

compliant if count(s3.off(block)) == 0

deny contains {"message": sprintf("not on: %s", [concat(", ", s3.off(block))]), "evidence": block} if not compliant
