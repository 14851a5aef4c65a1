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
