# What S3 says of a bucket's openness.
package casemate.lib.aws.s3

flags := ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]

# The flags of a public access block that are not on: all, where there is no block.
off(block) := [flag |
	some flag in flags
	object.get(block, flag, false) != true
]

# Whether a block was read: one that is absent says so.
read(block) if is_boolean(block.present)

# The groups of an ACL that are everybody: with an account of AWS, or without one.
everybody := {
	"http://acs.amazonaws.com/groups/global/AllUsers",
	"http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
}

# What an ACL lets everybody do.
open_grants(acl) := [grant |
	some grant in acl.Grants
	grant.Grantee.URI in everybody
]

# An ACL was read: it has an owner or grants.
acl_read(acl) if acl.Owner.ID

acl_read(acl) if is_array(acl.Grants)
