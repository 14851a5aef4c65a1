# METADATA
# title: AWS Config records all types of resources
# description: >-
#   What the recorder leaves out has no history and is judged by no rule. Types that exist once for all regions
#   are judged for the account.
# custom:
#   id: aws.config.recorder_all_types
#   kind: aws.account_region
#   area: monitoring
#   needs: [config_recorders]
#   severity: low
#   remediation:
#     text: >-
#       Record all types, or leave out only what you can name a reason for.
package casemate.aws.config.recorder_all_types

recorders := input.facets.config_recorders.items

# Without a recorder there is nothing that it leaves out; that there is none, `aws.config.recorder_enabled` says.
applies if not count(recorders) == 0

whole(recorder) if {
	recorder.recordingGroup.allSupported == true
	count(object.get(recorder, ["recordingGroup", "exclusionByResourceTypes", "resourceTypes"], [])) == 0
}

compliant if {
	some recorder in recorders
	whole(recorder)
}

deny contains {
	"message": "the recorder leaves types out",
	"evidence": {"recorders": [{"name": recorder.name, "recordingGroup": recorder.recordingGroup} | some recorder in recorders]},
} if {
	count(recorders) > 0
	not compliant
}
