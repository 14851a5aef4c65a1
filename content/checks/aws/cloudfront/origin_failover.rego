# METADATA
# title: CloudFront distribution has a second origin to fall back on
# description: >-
#   With one origin alone, what the cache does not hold is gone while that origin is down.
# custom:
#   id: aws.cloudfront.origin_failover
#   kind: aws.cloudfront.distribution
#   area: compute
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["CloudFront.4"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Make an origin group with a primary and a secondary origin, and let the behaviours use it.
package casemate.aws.cloudfront.origin_failover

configuration := input.facets.configuration

compliant if {
	some group in configuration.OriginGroups.Items
	count(group.Members.Items) > 1
}

deny contains {"message": "no group of origins is set", "evidence": {"OriginGroups": object.get(configuration, ["OriginGroups", "Quantity"], 0)}} if not compliant
