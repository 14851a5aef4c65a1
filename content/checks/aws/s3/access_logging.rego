# METADATA
# title: Bucket logs the requests to it
# description: >-
#   Without server access logs nobody can say afterwards who read what. Data events of CloudTrail are the other way and
#   are judged with the trails.
# custom:
#   id: aws.s3.access_logging
#   kind: aws.s3.bucket
#   area: logging
#   needs: [logging]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["S3.9"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AC-6(9)", "AU-3(a)", "AU-3(b)", "AU-3(d)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.1.1", "10.2.2"]
#   remediation:
#     text: >-
#       Send the access log to a bucket of its own in the same region.
#     command: >-
#       aws s3api put-bucket-logging --bucket NAME --bucket-logging-status
#       '{"LoggingEnabled":{"TargetBucket":"LOGS","TargetPrefix":"NAME/"}}'
package casemate.aws.s3.access_logging

target := object.get(input.facets.logging, ["LoggingEnabled", "TargetBucket"], "")

compliant if target != ""

deny contains {"message": "requests are not logged", "evidence": input.facets.logging} if not compliant
