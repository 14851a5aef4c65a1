# METADATA
# title: Bucket of a CloudTrail trail is not open to everybody
# description: >-
#   The record names every user, key, address and resource of the account: a map for intruders. A bucket of
#   another account is judged there.
# custom:
#   id: aws.cloudtrail.bucket_not_public
#   kind: aws.cloudtrail.trail
#   area: logging
#   needs: [trail]
#   related:
#     - {edge: uses, direction: out, kind: aws.s3.bucket, facets: [public_access_block, policy, acl]}
#     - {edge: contains, direction: in, kind: aws.account, facets: [s3_public_access_block]}
#   severity: high
#   frameworks:
#     aws_fsbp: ["CloudTrail.6"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12", "A.8.15"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6", "AU-9(a)"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "10.3.1"]
#   attack: [T1530]
#   remediation:
#     text: >-
#       Turn on the public access block of the bucket and remove the statement or grant.
package casemate.aws.cloudtrail.bucket_not_public

import data.casemate.lib.aws.policy
import data.casemate.lib.aws.s3

name := input.facets.trail.S3BucketName

bucket := [one.facets |
	some one in data.estate.related
	one.resource.kind == "aws.s3.bucket"
	one.resource.name == name
][0]

blocks contains bucket.public_access_block

blocks contains account.facets.s3_public_access_block if {
	some account in data.estate.related
	account.resource.kind == "aws.account"
}

blocked(flag) if {
	some block in blocks
	block[flag] == true
}

ways contains sprintf("by %s of its policy", [policy.named([statement])]) if {
	some statement in policy.public_statements(bucket.policy.Policy)
	not blocked("RestrictPublicBuckets")
}

ways contains sprintf("with %s by its ACL", [grant.Permission]) if {
	some grant in s3.open_grants(bucket.acl)
	not blocked("IgnorePublicAcls")
}

policy_read if bucket.policy.present == false

policy_read if bucket.policy.Policy.valid == true

policy_read if blocked("RestrictPublicBuckets")

compliant if {
	policy_read
	s3.acl_read(bucket.acl)
	count(ways) == 0
}

deny contains {"message": sprintf("everybody reaches the bucket %s %s", [name, way]), "evidence": {"bucket": name, "way": way}} if some way in ways
