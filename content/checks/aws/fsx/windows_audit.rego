# METADATA
# title: FSx for Windows logs who opens files
# description: >-
#   Without it nobody can tell who read or changed a file.
# custom:
#   id: aws.fsx.windows_audit
#   kind: aws.fsx.file_system
#   area: logging
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AC-6(9)", "AU-3(a)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.1.1"]
#   remediation:
#     text: >-
#       Turn on auditing of files and of shares, to CloudWatch or Firehose, and set audit rules on the folders.
package casemate.aws.fsx.windows_audit

configuration := input.facets.configuration

applies if not other

other if configuration.FileSystemType != "WINDOWS"

level := object.get(configuration, ["WindowsConfiguration", "AuditLogConfiguration", "FileAccessAuditLogLevel"], "DISABLED")

compliant if level in {"SUCCESS_ONLY", "FAILURE_ONLY", "SUCCESS_AND_FAILURE"}

deny contains {"message": "access to files is not logged", "evidence": {"FileAccessAuditLogLevel": level}} if level == "DISABLED"
