# METADATA
# title: Use of the root user raises an alarm
# description: >-
#   The root user can do all and nothing bounds it; any use of it should be expected by somebody.
# custom:
#   id: aws.cloudwatch.alarm_root_use
#   kind: aws.account
#   area: monitoring
#   needs: [trails, foreign_trails_status]
#   related:
#     - {edge: contains, direction: out, kind: aws.cloudtrail.trail, facets: [status, selectors]}
#     - {edge: contains, direction: out, kind: aws.account_region, facets: [metric_filters, alarms, sns_subscriptions]}
#   severity: medium
#   frameworks:
#     cis_aws_3.0: ["4.3"]
#     cis_aws_5.0: ["4.3"]
#     cis_aws_6.0: ["5.3"]
#     cis_aws_7.0: ["5.3"]
#     iso_27001_2022: ["A.8.15", "A.8.16"]
#     nist_800_53_r5: ["AU-6(1)", "CA-7", "SI-4(2)", "SI-4(12)", "SI-5(1)"]
#     pci_dss_4.0: ["10.4.1", "10.4.1.1"]
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Send a trail of all regions to CloudWatch Logs, count these events with a metric filter on its group, and
#       set an alarm on the metric whose topic has a subscriber.
package casemate.aws.cloudwatch.alarm_root_use

import data.casemate.lib.aws.alarm

events := [
	object.union(alarm.change("iam.amazonaws.com", "CreateAccessKey"), {"userIdentity.type": "Root", "label": "calls by root"}),
	object.union(alarm.change("iam.amazonaws.com", "ListUsers"), {"userIdentity.type": "Root", "readOnly": "true", "label": "reads by root"}),
	{
		"eventSource": "signin.amazonaws.com", "eventName": "ConsoleLogin", "eventType": "AwsConsoleSignIn", "readOnly": "false",
		"userIdentity.type": "Root", "responseElements.ConsoleLogin": "Success", "label": "sign-in of root",
	},
]

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
