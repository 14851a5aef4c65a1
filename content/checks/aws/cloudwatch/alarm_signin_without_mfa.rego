# METADATA
# title: Sign-in without a second factor raises an alarm
# description: >-
#   A password alone was enough for somebody; find out who and why.
# custom:
#   id: aws.cloudwatch.alarm_signin_without_mfa
#   kind: aws.account
#   area: monitoring
#   needs: [trails, foreign_trails_status]
#   related:
#     - {edge: contains, direction: out, kind: aws.cloudtrail.trail, facets: [status, selectors]}
#     - {edge: contains, direction: out, kind: aws.account_region, facets: [metric_filters, alarms, sns_subscriptions]}
#   severity: medium
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Send a trail of all regions to CloudWatch Logs, count these events with a metric filter on its group, and
#       set an alarm on the metric whose topic has a subscriber.
package casemate.aws.cloudwatch.alarm_signin_without_mfa

import data.casemate.lib.aws.alarm

# A person of the account; who comes by federation shows his factor elsewhere.
events := [{
	"eventSource": "signin.amazonaws.com", "eventName": "ConsoleLogin", "eventType": "AwsConsoleSignIn", "readOnly": "false",
	"userIdentity.type": "IAMUser", "additionalEventData.MFAUsed": "No", "responseElements.ConsoleLogin": "Success",
}]

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
