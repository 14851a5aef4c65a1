# METADATA
# title: Bucket is no web site
# description: >-
#   Web sites of S3 speak plain HTTP and want a public bucket; CloudFront gives the same over TLS from a closed one.
# custom:
#   id: aws.s3.no_website
#   kind: aws.s3.bucket
#   area: network
#   needs: [website]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Put CloudFront with an origin access control before the bucket and remove the web site.
#     command: aws s3api delete-bucket-website --bucket NAME
package casemate.aws.s3.no_website

facet := input.facets.website

compliant if facet.present == false

# It sends everybody elsewhere by TLS and shows nothing itself.
compliant if facet.RedirectAllRequestsTo.Protocol == "https"

deny contains {"message": "it is served as a web site over plain HTTP", "evidence": facet} if {
	facet.present == true
	not compliant
}
