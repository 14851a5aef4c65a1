# METADATA
# title: Network load balancer balances over its zones
# description: >-
#   Without it each zone's targets bear what its own clients ask, and fall one after the other.
# custom:
#   id: aws.elbv2.cross_zone
#   kind: aws.elbv2.load_balancer
#   area: governance
#   needs: [configuration, attributes]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Turn balancing over zones on.
#     command: aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=load_balancing.cross_zone.enabled,Value=true
package casemate.aws.elbv2.cross_zone

import data.casemate.lib.aws.balancer

attributes := input.facets.attributes.Attributes

value := balancer.attribute(attributes, "load_balancing.cross_zone.enabled")

fits if input.facets.configuration.Type in {"network", "gateway"}

# Application load balancers always do.
applies if not elsewhere

elsewhere if input.facets.configuration.Type == "application"

compliant if {
	fits
	value == "true"
}

deny contains {"message": sprintf("it is %s", [value]), "evidence": {"load_balancing.cross_zone.enabled": value}} if {
	fits
	count(attributes) > 0
	value != "true"
}
