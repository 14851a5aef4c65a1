# METADATA
# title: Application load balancer drops malformed headers
# description: >-
#   Headers that two servers read in two ways are how requests are smuggled past checks.
# custom:
#   id: aws.elbv2.drop_invalid_headers
#   kind: aws.elbv2.load_balancer
#   area: network
#   needs: [configuration, attributes]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ELB.4"]
#     iso_27001_2022: ["A.8.9", "A.8.26"]
#     nist_800_53_r5: ["CM-6(a)"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       Turn the dropping of invalid header fields on.
#     command: aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=routing.http.drop_invalid_header_fields.enabled,Value=true
package casemate.aws.elbv2.drop_invalid_headers

import data.casemate.lib.aws.balancer

attributes := input.facets.attributes.Attributes

value := balancer.attribute(attributes, "routing.http.drop_invalid_header_fields.enabled")

fits if input.facets.configuration.Type == "application"

applies if not elsewhere

elsewhere if input.facets.configuration.Type != "application"

compliant if {
	fits
	value == "true"
}

deny contains {"message": sprintf("the dropping is %s", [value]), "evidence": {"routing.http.drop_invalid_header_fields.enabled": value}} if {
	fits
	count(attributes) > 0
	value != "true"
}
