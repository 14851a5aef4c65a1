# METADATA
# title: Bucket does without ACLs
# description: >-
#   With ownership enforced for the bucket's owner, the policy alone says who may what, and whoever uploads keeps no hold
#   of the object.
# custom:
#   id: aws.s3.acls_disabled
#   kind: aws.s3.bucket
#   area: identity
#   needs: [ownership]
#   severity: low
#   frameworks:
#     aws_fsbp: ["S3.12"]
#     iso_27001_2022: ["A.8.3", "A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   remediation:
#     text: >-
#       Set object ownership to bucket owner enforced, after the grants that are needed went into the policy.
#     command: aws s3api put-bucket-ownership-controls --bucket NAME --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'
package casemate.aws.s3.acls_disabled

facet := input.facets.ownership

settings := [rule.ObjectOwnership | some rule in facet.Rules]

compliant if "BucketOwnerEnforced" in settings

deny contains {"message": sprintf("object ownership is %s", [shown]), "evidence": facet} if not compliant

shown := "not set" if count(settings) == 0

else := concat(", ", settings)
