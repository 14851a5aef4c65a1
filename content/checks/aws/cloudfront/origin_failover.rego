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
