# METADATA
# title: HTTP API answers no foreign web pages
# description: >-
#   Cross-origin rules with `*`, or with every HTTPS page, let a page of any site read the answers in the
#   browsers of its visitors.
# custom:
#   id: aws.apigatewayv2.cors_narrow
#   kind: aws.apigatewayv2.api
#   area: network
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)", "CM-7(b)"]
#     pci_dss_4.0: ["2.2.5"]
#   remediation:
#     text: >-
#       Name the origins that need the API.
package casemate.aws.apigatewayv2.cors_narrow

configuration := input.facets.configuration

applies if configuration.corsConfiguration

applies if not is_string(configuration.apiId)

origins := object.get(configuration, ["corsConfiguration", "allowOrigins"], [])

wide := [origin | some origin in origins; origin in {"*", "http://*", "https://*"}]

compliant if {
	is_object(configuration.corsConfiguration)
	count(wide) == 0
}

deny contains {"message": sprintf("pages of %s may read answers", [origin]), "evidence": {"allowOrigins": origins}} if some origin in wide
