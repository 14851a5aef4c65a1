# METADATA
# title: Bucket is not open to everybody
# description: >-
#   The policy and the ACL are read as S3 reads them: a condition on the caller narrows, one on transport does not, and
#   a public access block of the bucket or of its account takes a public policy or ACL out of force.
# custom:
#   id: aws.s3.not_public
#   kind: aws.s3.bucket
#   area: storage
#   needs: [public_access_block, policy, acl]
#   related: [{edge: contains, direction: in, kind: aws.account, facets: [s3_public_access_block]}]
#   severity: critical
#   frameworks:
#     aws_fsbp: ["S3.2", "S3.3"]
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6", "SC-7(a)"]
#     pci_dss_4.0: ["1.4.4", "7.2.1", "7.3.3"]
#   attack: [T1530]
#   remediation:
#     text: >-
#       Turn on the public access block, then remove the statement or grant. Give files to the world by CloudFront, and
#       to partners by their account.
#     command: aws s3api delete-bucket-policy --bucket NAME
package casemate.aws.s3.not_public

import data.casemate.lib.aws.policy
import data.casemate.lib.aws.s3

facet := input.facets.policy

blocks contains input.facets.public_access_block

blocks contains account.facets.s3_public_access_block if some account in data.estate.related

# Both the bucket's block and the account's were read.
known if {
	some account in data.estate.related
	s3.read(account.facets.s3_public_access_block)
	s3.read(input.facets.public_access_block)
}

blocked(flag) if {
	some block in blocks
	block[flag] == true
}

by_policy := [statement |
	some statement in policy.public_statements(facet.Policy)
	not blocked("RestrictPublicBuckets")
]

by_acl := [grant |
	some grant in s3.open_grants(input.facets.acl)
	not blocked("IgnorePublicAcls")
]

policy_closed if facet.present == false

policy_closed if {
	facet.Policy.valid == true
	count(by_policy) == 0
}

# Whatever the policy says, it does not reach the public.
policy_closed if {
	facet.present == true
	blocked("RestrictPublicBuckets")
}

acl_closed if {
	s3.acl_read(input.facets.acl)
	count(by_acl) == 0
}

compliant if {
	known
	policy_closed
	acl_closed
}

deny contains {"message": sprintf("the policy lets everybody in by %s", [policy.label(facet.Policy, statement)]), "evidence": statement} if {
	known
	some statement in by_policy
}

deny contains {"message": sprintf("the ACL gives everybody %s", [grant.Permission]), "evidence": grant} if {
	known
	some grant in by_acl
}
