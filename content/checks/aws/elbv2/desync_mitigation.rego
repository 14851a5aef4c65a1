# METADATA
# title: Application load balancer guards against request smuggling
# description: >-
#   In the mode `monitor` requests that two servers read in two ways are passed on.
# custom:
#   id: aws.elbv2.desync_mitigation
#   kind: aws.elbv2.load_balancer
#   area: network
#   needs: [configuration, attributes]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ELB.12"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       Set the mode `defensive` or `strictest`.
#     command: aws elbv2 modify-load-balancer-attributes --load-balancer-arn ARN --attributes Key=routing.http.desync_mitigation_mode,Value=defensive
package casemate.aws.elbv2.desync_mitigation

import data.casemate.lib.aws.balancer

attributes := input.facets.attributes.Attributes

mode := balancer.attribute(attributes, "routing.http.desync_mitigation_mode")

applies if not elsewhere

elsewhere if input.facets.configuration.Type != "application"

compliant if {
	input.facets.configuration.Type == "application"
	mode in {"defensive", "strictest"}
}

deny contains {"message": sprintf("the mode is %s", [mode]), "evidence": {"mode": mode}} if {
	input.facets.configuration.Type == "application"
	mode == "monitor"
}
