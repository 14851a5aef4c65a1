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
#   frameworks:
#     aws_fsbp: ["Config.1"]
#     cis_aws_3.0: ["3.3"]
#     cis_aws_5.0: ["3.3"]
#     cis_aws_6.0: ["4.3"]
#     cis_aws_7.0: ["4.3"]
#     iso_27001_2022: ["A.5.9", "A.8.9", "A.8.32"]
#     nist_800_53_r5: ["CA-7(4)(c)", "CM-2(2)", "CM-3(a)", "CM-8(2)", "CM-8(a)", "CM-8(b)"]
#     pci_dss_4.0: ["11.5.2"]
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
