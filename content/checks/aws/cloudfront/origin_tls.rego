# METADATA
# title: CloudFront distribution talks no outdated TLS to its origins
# description: >-
#   SSL 3 and early TLS can be broken by whoever stands between CloudFront and the origin.
# custom:
#   id: aws.cloudfront.origin_tls
#   kind: aws.cloudfront.distribution
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["CloudFront.10"]
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   params:
#     protocols:
#       type: list
#       default: [SSLv3, TLSv1, TLSv1.1]
#       description: protocols that are not wanted
#   remediation:
#     text: >-
#       Leave TLSv1.2 alone in the list of each origin.
package casemate.aws.cloudfront.origin_tls

configuration := input.facets.configuration

origins := object.get(configuration, ["Origins", "Items"], [])

bad := [{"origin": origin.Id, "protocol": protocol} |
	some origin in origins
	some protocol in origin.CustomOriginConfig.OriginSslProtocols.Items
	protocol in data.params.protocols
]

custom := [origin | some origin in origins; origin.CustomOriginConfig]

applies if count(custom) > 0

applies if count(origins) == 0

compliant if {
	count(custom) > 0
	every origin in custom { is_array(origin.CustomOriginConfig.OriginSslProtocols.Items) }
	count(bad) == 0
}

deny contains {"message": sprintf("the origin %s may be asked by %s", [one.origin, one.protocol]), "evidence": one} if some one in bad
