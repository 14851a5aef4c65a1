# METADATA
# title: What AWS Config records is delivered
# description: >-
#   A recorder whose bucket or role refuses it goes on without a trace.
# custom:
#   id: aws.config.recorder_delivers
#   kind: aws.account_region
#   area: monitoring
#   needs: [config_recorder_status]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.9", "A.8.9", "A.8.32"]
#     nist_800_53_r5: ["CA-7(4)(c)", "CM-2(2)", "CM-3(a)", "CM-8(2)", "CM-8(a)", "CM-8(b)"]
#     pci_dss_4.0: ["11.5.2"]
#   attack: [T1562.008]
#   remediation:
#     text: >-
#       Repair the bucket, its policy or the role of the recorder.
package casemate.aws.config.recorder_delivers

statuses := input.facets.config_recorder_status.items

running := [status | some status in statuses; status.recording == true]

# A recorder that does not run is `aws.config.recorder_enabled`'s matter.
applies if not count(running) == 0

failed := [status | some status in running; upper(status.lastStatus) == "FAILURE"]

compliant if {
	count(running) > 0
	every status in running { upper(status.lastStatus) in {"SUCCESS", "PENDING", "NOTAPPLICABLE"} }
}

deny contains {
	"message": sprintf("the last delivery of %s failed: %s", [status.name, object.get(status, "lastErrorCode", "no code")]),
	"evidence": {"name": status.name, "lastErrorCode": object.get(status, "lastErrorCode", "")},
} if some status in failed
