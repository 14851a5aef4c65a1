# METADATA
# title: CloudTrail trail is recording
# description: >-
#   A trail that was stopped looks like one and records nothing; stopping it is what an intruder does first.
# custom:
#   id: aws.cloudtrail.logging
#   kind: aws.cloudtrail.trail
#   area: logging
#   needs: [trail, status]
#   severity: high
#   attack: [T1562.008]
#   remediation:
#     text: >-
#       Start it, and look in the event history for who stopped it.
#     command: aws cloudtrail start-logging --name NAME
package casemate.aws.cloudtrail.logging

status := input.facets.status

compliant if {
	is_string(input.facets.trail.Name)
	status.IsLogging == true
}

deny contains {"message": "the trail is stopped", "evidence": {"IsLogging": false, "StopLoggingTime": object.get(status, "StopLoggingTime", "")}} if {
	status.IsLogging == false
}
