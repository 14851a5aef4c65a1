# METADATA
# title: Changes of IAM policies raise an alarm
# description: >-
#   A policy that is attached or rewritten is how a stolen key becomes an administrator. It should be seen when it
#   happens, not in the next review.
# custom:
#   id: aws.cloudwatch.alarm_iam_changes
#   kind: aws.account
#   area: monitoring
#   needs: [trails, foreign_trails_status]
#   related:
#     - {edge: contains, direction: out, kind: aws.cloudtrail.trail, facets: [status, selectors]}
#     - {edge: contains, direction: out, kind: aws.account_region, facets: [metric_filters, alarms, sns_subscriptions]}
#   severity: medium
#   attack: [T1098]
#   remediation:
#     text: >-
#       Send a trail of all regions to CloudWatch Logs, count these events with a metric filter on its group, and
#       set an alarm on the metric whose topic has a subscriber.
package casemate.aws.cloudwatch.alarm_iam_changes

import data.casemate.lib.aws.alarm

events := [alarm.change("iam.amazonaws.com", name) | some name in [
	"DeleteGroupPolicy", "DeleteRolePolicy", "DeleteUserPolicy", "PutGroupPolicy", "PutRolePolicy",
	"PutUserPolicy", "CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion",
	"AttachRolePolicy", "DetachRolePolicy", "AttachUserPolicy", "DetachUserPolicy", "AttachGroupPolicy",
	"DetachGroupPolicy",
]]

missing := alarm.missing(alarm.watching(input.resource.id, input.facets, data.estate.related), events)

compliant if {
	is_array(input.facets.trails.items)
	count(missing) == 0
}

deny contains {
	"message": sprintf("nobody is told of: %s", [concat(", ", sort(missing))]),
	"evidence": {"missing": sort(missing)},
} if {
	count(missing) > 0
	count(alarm.doubts(input.resource.id, input.facets, data.estate.related)) == 0
}
