# METADATA
# title: CloudTrail trail signs its log files
# description: >-
#   Digest files show whether a log file was changed or deleted after it was delivered.
# custom:
#   id: aws.cloudtrail.log_validation
#   kind: aws.cloudtrail.trail
#   area: logging
#   needs: [trail]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["CloudTrail.4"]
#     cis_aws_3.0: ["3.2"]
#     cis_aws_5.0: ["3.2"]
#     cis_aws_6.0: ["4.2"]
#     cis_aws_7.0: ["4.2"]
#     iso_27001_2022: ["A.5.28", "A.5.33", "A.8.15"]
#     nist_800_53_r5: ["AU-9(a)", "AU-10", "SI-7(1)", "SI-7(a)"]
#     pci_dss_4.0: ["10.3.2", "10.3.4"]
#   attack: [T1070]
#   remediation:
#     text: >-
#       Turn on log file validation.
#     command: aws cloudtrail update-trail --name NAME --enable-log-file-validation
package casemate.aws.cloudtrail.log_validation

trail := input.facets.trail

on := object.get(trail, "LogFileValidationEnabled", false)

compliant if on == true

deny contains {"message": "log files are not validated", "evidence": {"LogFileValidationEnabled": on}} if not compliant
