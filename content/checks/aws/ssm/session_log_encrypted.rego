# METADATA
# title: Sessions are kept only where they are encrypted
# custom:
#   id: aws.ssm.session_log_encrypted
#   kind: aws.account_region
#   area: encryption
#   needs: [ssm_session_preferences]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.15", "A.8.24"]
#     nist_800_53_r5: ["AU-9(3)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "10.3.1"]
#   remediation:
#     text: >-
#       Ask for encryption of the log group and the bucket in the preferences of Session Manager.
package casemate.aws.ssm.session_log_encrypted

facet := input.facets.ssm_session_preferences

inputs := object.get(facet, ["Content", "inputs"], {})

places contains "cloudWatch" if object.get(inputs, "cloudWatchLogGroupName", "") != ""

places contains "s3" if object.get(inputs, "s3BucketName", "") != ""

unkept if facet.present == false

unkept if {
	facet.present == true
	count(places) == 0
}

applies if not unkept

open := sort([place |
	some place in places
	object.get(inputs, sprintf("%sEncryptionEnabled", [place]), false) != true
])

compliant if {
	count(places) > 0
	count(open) == 0
}

deny contains {"message": sprintf("encryption is not asked for: %s", [concat(", ", open)]), "evidence": {"places": sort(places)}} if count(open) > 0
