# METADATA
# title: No ACL lets everybody write to a bucket or rule it
# description: >-
#   A public access block may take the grant out of force today; whether the bucket is open now is judged by
#   `aws.s3.not_public`.
# custom:
#   id: aws.s3.acl_no_public_write
#   kind: aws.s3.bucket
#   area: storage
#   needs: [acl]
#   severity: high
#   frameworks:
#     aws_fsbp: ["S3.3"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1485, T1565.001]
#   remediation:
#     text: >-
#       Take the grant away, and turn ACLs off by bucket-owner-enforced ownership.
#     command: aws s3api put-bucket-acl --bucket NAME --acl private
package casemate.aws.s3.acl_no_public_write

import data.casemate.lib.aws.s3

open := [grant |
	some grant in s3.open_grants(input.facets.acl)
	grant.Permission in {"WRITE", "WRITE_ACP", "FULL_CONTROL"}
]

compliant if {
	s3.acl_read(input.facets.acl)
	count(open) == 0
}

deny contains {"message": sprintf("the ACL gives everybody %s", [grant.Permission]), "evidence": grant} if some grant in open
