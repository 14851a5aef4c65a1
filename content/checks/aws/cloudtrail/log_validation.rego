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
