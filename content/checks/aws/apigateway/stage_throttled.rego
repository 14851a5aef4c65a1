# METADATA
# title: Stage of a REST API limits the rate of calls
# description: >-
#   Without a limit of its own one caller uses up the account's rate for all APIs of the region, and the backend's
#   money.
# custom:
#   id: aws.apigateway.stage_throttled
#   kind: aws.apigateway.stage
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.14"]
#     nist_800_53_r5: ["SC-5(a)", "SC-5(b)"]
#   remediation:
#     text: >-
#       Set a rate and a burst for `*/*`.
package casemate.aws.apigateway.stage_throttled

configuration := input.facets.configuration

all := object.get(configuration, ["methodSettings", "*/*"], {})

compliant if {
	all.throttlingRateLimit >= 0
	all.throttlingBurstLimit >= 0
}

deny contains {"message": "no limit is set for all methods", "evidence": {"settings": all}} if not compliant
