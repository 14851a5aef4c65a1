# METADATA
# title: Application load balancer writes connection logs
# description: >-
#   They say who failed to build a TLS connection and with which certificate: what the access log does not
#   see.
# custom:
#   id: aws.elbv2.connection_logs
#   kind: aws.elbv2.load_balancer
#   area: logging
#   needs: [configuration, attributes]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-3(a)", "AU-3(b)", "AU-3(d)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.2"]
#   remediation:
#     text: >-
#       Turn connection logs on.
#     command: aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=connection_logs.s3.enabled,Value=true Key=connection_logs.s3.bucket,Value=BUCKET
package casemate.aws.elbv2.connection_logs

import data.casemate.lib.aws.balancer

attributes := input.facets.attributes.Attributes

value := balancer.attribute(attributes, "connection_logs.s3.enabled")

fits if input.facets.configuration.Type == "application"

applies if not elsewhere

elsewhere if input.facets.configuration.Type != "application"

compliant if {
	fits
	value == "true"
}

deny contains {"message": sprintf("connection logs are %s", [value]), "evidence": {"connection_logs.s3.enabled": value}} if {
	fits
	count(attributes) > 0
	value != "true"
}
