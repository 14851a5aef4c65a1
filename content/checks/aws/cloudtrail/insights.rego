# METADATA
# title: CloudTrail trail looks for unusual activity
# description: >-
#   Insights notice bursts of calls and of errors that differ from what the account usually does.
# custom:
#   id: aws.cloudtrail.insights
#   kind: aws.cloudtrail.trail
#   area: monitoring
#   needs: [insights]
#   severity: low
#   remediation:
#     text: >-
#       Turn on insights for the rate of calls and of errors.
#     command: aws cloudtrail put-insight-selectors --trail-name NAME --insight-selectors '[{"InsightType":"ApiCallRateInsight"},{"InsightType":"ApiErrorRateInsight"}]'
package casemate.aws.cloudtrail.insights

insights := input.facets.insights

compliant if count(insights.InsightSelectors) > 0

deny contains {"message": "no insights are on", "evidence": {"InsightSelectors": []}} if {
	is_boolean(insights.present)
	not compliant
}
