# METADATA
# title: CloudTrail trail is sent to CloudWatch Logs
# description: >-
#   Files in a bucket are for later; metric filters, alarms and searches want the events in a log group. A
#   delivery that fails is as good as none.
# custom:
#   id: aws.cloudtrail.log_group
#   kind: aws.cloudtrail.trail
#   area: logging
#   needs: [trail, status]
#   severity: low
#   remediation:
#     text: >-
#       Give the trail a log group and a role that may write to it, and look at the error of its last delivery.
#     command: aws cloudtrail update-trail --name NAME --cloud-watch-logs-log-group-arn ARN --cloud-watch-logs-role-arn ARN
package casemate.aws.cloudtrail.log_group

group := object.get(input.facets.trail, "CloudWatchLogsLogGroupArn", "")

error := object.get(input.facets.status, "LatestCloudWatchLogsDeliveryError", "")

compliant if {
	group != ""
	is_boolean(input.facets.status.IsLogging)
	error == ""
}

deny contains {"message": "no log group is set", "evidence": {"CloudWatchLogsLogGroupArn": ""}} if group == ""

deny contains {"message": sprintf("the last delivery to the log group failed: %s", [error]), "evidence": {"group": group, "error": error}} if {
	group != ""
	error != ""
}
