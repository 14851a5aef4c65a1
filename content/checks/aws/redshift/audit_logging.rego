# METADATA
# title: Redshift cluster writes audit logs
# description: >-
#   Who connected and what was asked is kept nowhere else.
# custom:
#   id: aws.redshift.audit_logging
#   kind: aws.redshift.cluster
#   area: logging
#   needs: [logging]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["Redshift.4"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Send connection, user and user-activity logs to CloudWatch or a bucket.
#     command: aws redshift enable-logging --cluster-identifier NAME --log-destination-type cloudwatch --log-exports connectionlog useractivitylog userlog
package casemate.aws.redshift.audit_logging

logging := input.facets.logging

on := object.get(logging, "LoggingEnabled", false)

compliant if on == true

deny contains {"message": "audit logging is off", "evidence": {"LoggingEnabled": on}} if not compliant
