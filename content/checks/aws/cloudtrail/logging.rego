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
#   frameworks:
#     aws_fsbp: ["CloudTrail.1", "CloudTrail.3"]
#     cis_aws_3.0: ["3.1"]
#     cis_aws_5.0: ["3.1"]
#     cis_aws_6.0: ["4.1"]
#     cis_aws_7.0: ["4.1"]
#     iso_27001_2022: ["A.5.28", "A.8.15"]
#     nist_800_53_r5: ["AC-2(4)", "AC-3(10)", "AC-6(9)", "AU-2(b)", "AU-3(a)", "AU-3(b)", "AU-3(c)", "AU-3(d)", "AU-3(e)", "AU-3(f)", "AU-10", "AU-12(1)", "AU-12(2)", "AU-12(a)", "AU-12(c)", "AU-14(a)", "CM-5(1)(b)", "SI-7(8)"]
#     pci_dss_4.0: ["10.2.1", "10.2.1.2", "10.2.1.4", "10.2.1.5", "10.2.1.6", "10.2.1.7", "10.2.2"]
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
