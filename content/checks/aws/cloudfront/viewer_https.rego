# METADATA
# title: CloudFront distribution serves viewers by HTTPS alone
# description: >-
#   A behaviour that allows HTTP sends pages and cookies in the clear.
# custom:
#   id: aws.cloudfront.viewer_https
#   kind: aws.cloudfront.distribution
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["CloudFront.3"]
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set the viewer protocol policy of every behaviour to redirect-to-https or https-only.
package casemate.aws.cloudfront.viewer_https

configuration := input.facets.configuration

behaviours := array.concat(
	[object.union({"PathPattern": "*"}, object.get(configuration, "DefaultCacheBehavior", {}))],
	object.get(configuration, ["CacheBehaviors", "Items"], []),
)

compliant if {
	every behaviour in behaviours { behaviour.ViewerProtocolPolicy in {"https-only", "redirect-to-https"} }
}

deny contains {"message": sprintf("requests for %s may come by HTTP", [behaviour.PathPattern]), "evidence": {"PathPattern": behaviour.PathPattern, "ViewerProtocolPolicy": "allow-all"}} if {
	some behaviour in behaviours
	behaviour.ViewerProtocolPolicy == "allow-all"
}
