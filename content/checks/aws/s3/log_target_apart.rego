# METADATA
# title: Bucket's access log goes to another bucket
# description: >-
#   A log in the bucket that it tells of grows by itself, and goes with the bucket.
# custom:
#   id: aws.s3.log_target_apart
#   kind: aws.s3.bucket
#   area: logging
#   needs: [logging]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-9(a)"]
#     pci_dss_4.0: ["10.3.1"]
#   remediation:
#     text: >-
#       Send the log to a bucket that holds logs alone.
package casemate.aws.s3.log_target_apart

target := object.get(input.facets.logging, ["LoggingEnabled", "TargetBucket"], "")

applies if target != ""

compliant if {
	target != ""
	target != input.resource.name
}

deny contains {"message": "the log is kept in the bucket itself", "evidence": {"TargetBucket": target}} if target == input.resource.name
