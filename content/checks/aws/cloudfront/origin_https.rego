# METADATA
# title: CloudFront distribution talks TLS to its origins
# description: >-
#   What viewers send by HTTPS goes on in the clear where the origin is asked by HTTP. Website endpoints
#   of S3 speak no TLS at all.
# custom:
#   id: aws.cloudfront.origin_https
#   kind: aws.cloudfront.distribution
#   area: encryption
#   needs: [configuration, origins]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["CloudFront.9"]
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set the origin protocol policy to https-only; put a bucket behind its REST endpoint instead of
#       the website.
package casemate.aws.cloudfront.origin_https

configuration := input.facets.configuration

origins := object.get(configuration, ["Origins", "Items"], [])

# Behaviours that let viewers come by HTTP to this origin.
plain(origin) if {
	behaviours := array.concat([configuration.DefaultCacheBehavior], object.get(configuration, ["CacheBehaviors", "Items"], []))
	some behaviour in behaviours
	not behaviour.ViewerProtocolPolicy in {"https-only", "redirect-to-https"}
}

bad contains origin if {
	some origin in origins
	origin.CustomOriginConfig.OriginProtocolPolicy == "http-only"
}

bad contains origin if {
	some origin in origins
	origin.CustomOriginConfig.OriginProtocolPolicy == "match-viewer"
	plain(origin)
}

bad contains origin if {
	some origin in origins
	some one in input.facets.origins.items
	one.id == origin.Id
	one.kind == "website"
}

good(origin) if {
	not origin.CustomOriginConfig
	origin.DomainName
}

good(origin) if origin.CustomOriginConfig.OriginProtocolPolicy in {"https-only", "match-viewer"}

compliant if {
	count(origins) > 0
	count(object.get(input.facets.origins, "items", [])) == count(origins)
	count(bad) == 0
	every origin in origins { good(origin) }
}

deny contains {"message": sprintf("the origin %s is asked by HTTP", [origin.DomainName]), "evidence": {"origin": origin.Id, "OriginProtocolPolicy": object.get(origin, ["CustomOriginConfig", "OriginProtocolPolicy"], "website")}} if some origin in bad
