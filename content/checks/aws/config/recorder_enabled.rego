# METADATA
# title: AWS Config records in the region
# description: >-
#   Without a recorder nobody can say what a resource looked like last week, and rules judge nothing.
# custom:
#   id: aws.config.recorder_enabled
#   kind: aws.account_region
#   area: monitoring
#   needs: [config_recorders, config_recorder_status]
#   severity: medium
#   attack: [T1562.008]
#   remediation:
#     text: >-
#       Set up a recorder with its delivery channel and start it.
#     command: aws configservice start-configuration-recorder --configuration-recorder-name default
package casemate.aws.config.recorder_enabled

recorders := input.facets.config_recorders.items

statuses := input.facets.config_recorder_status.items

recording := [status.name |
	some status in statuses
	status.recording == true
	some recorder in recorders
	recorder.name == status.name
]

compliant if count(recording) > 0

deny contains {"message": "there is no recorder", "evidence": {"recorders": []}} if count(recorders) == 0

deny contains {"message": "no recorder is started", "evidence": {"recorders": [recorder.name | some recorder in recorders]}} if {
	count(recorders) > 0
	is_array(statuses)
	every status in statuses { status.recording == false }
}
