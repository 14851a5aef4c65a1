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
#   frameworks:
#     aws_fsbp: ["CloudFront.13"]
#     iso_27001_2022: ["A.8.12", "A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)", "SC-7(a)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2", "1.4.4"]
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
