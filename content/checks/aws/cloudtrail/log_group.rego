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
#   frameworks:
#     aws_fsbp: ["CloudTrail.5"]
#     iso_27001_2022: ["A.8.15", "A.8.16"]
#     nist_800_53_r5: ["AU-4(1)", "AU-6(1)", "AU-6(3)", "AU-6(4)", "AU-7(1)", "AU-9(2)", "AU-9(7)", "SI-4(2)"]
#     pci_dss_4.0: ["10.3.3", "10.4.1.1"]
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
