# METADATA
# title: No ACL names another account
# description: >-
#   ACLs name accounts by canonical ids that nobody can read, and no condition can be put on them. What delivers logs of
#   CloudFront in its old way may be named.
# custom:
#   id: aws.s3.acl_no_other_accounts
#   kind: aws.s3.bucket
#   area: identity
#   needs: [acl]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   params:
#     ids:
#       type: list
#       default: [c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0]
#       description: canonical ids that may be named; the first is CloudFront's for its logs
#   remediation:
#     text: >-
#       Give the other account what it needs by the policy, and turn ACLs off.
#     command: aws s3api put-bucket-acl --bucket NAME --acl private
package casemate.aws.s3.acl_no_other_accounts

acl := input.facets.acl

others := [grant |
	some grant in acl.Grants
	is_other(grant.Grantee)
]

is_other(grantee) if {
	is_string(grantee.ID)
	grantee.ID != acl.Owner.ID
	not grantee.ID in data.params.ids
}

is_other(grantee) if is_string(grantee.EmailAddress)

compliant if {
	is_string(acl.Owner.ID)
	count(others) == 0
}

deny contains {"message": sprintf("another account has %s", [grant.Permission]), "evidence": grant} if some grant in others
