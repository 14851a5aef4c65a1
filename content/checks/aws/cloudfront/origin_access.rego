# METADATA
# title: S3 origins answer their CloudFront distribution alone
# description: >-
#   Without an origin access control or identity the bucket must be open to everybody for CloudFront to
#   read it, and whoever knows its name goes past the distribution. Websites of S3 cannot be closed so.
# custom:
#   id: aws.cloudfront.origin_access
#   kind: aws.cloudfront.distribution
#   area: storage
#   needs: [origins]
#   severity: medium
#   attack: [T1530]
#   remediation:
#     text: >-
#       Set an origin access control, and a bucket policy that names the distribution.
package casemate.aws.cloudfront.origin_access

origins := input.facets.origins.items

buckets := [origin | some origin in origins; origin.kind in {"bucket", "website"}]

applies if count(buckets) > 0

applies if not is_array(origins)

compliant if {
	is_array(origins)
	every origin in buckets {
		origin.accessControl == true
		origin.kind == "bucket"
	}
}

deny contains {"message": sprintf("the bucket of %s is read as anybody would", [origin.domain]), "evidence": {"origin": origin.id, "domain": origin.domain, "kind": origin.kind}} if {
	some origin in buckets
	origin.accessControl == false
}
