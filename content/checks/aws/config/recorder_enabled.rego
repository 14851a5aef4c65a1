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
#   frameworks:
#     aws_fsbp: ["Config.1"]
#     cis_aws_3.0: ["3.3"]
#     cis_aws_5.0: ["3.3"]
#     cis_aws_6.0: ["4.3"]
#     cis_aws_7.0: ["4.3"]
#     iso_27001_2022: ["A.5.9", "A.8.9", "A.8.32"]
#     nist_800_53_r5: ["CA-7(4)(c)", "CM-2(2)", "CM-3(a)", "CM-8(2)", "CM-8(a)", "CM-8(b)"]
#     pci_dss_4.0: ["11.5.2"]
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
