# METADATA
# title: Build logs of CodeBuild in S3 are encrypted
# description: >-
#   Logs show what the build does, and now and then a secret.
# custom:
#   id: aws.codebuild.s3_logs_encrypted
#   kind: aws.codebuild.project
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["CodeBuild.3"]
#     iso_27001_2022: ["A.8.15", "A.8.24"]
#     nist_800_53_r5: ["AU-9(3)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "10.3.1"]
#   remediation:
#     text: >-
#       Do not disable encryption of the logs in S3.
package casemate.aws.codebuild.s3_logs_encrypted

configuration := input.facets.configuration

logs := object.get(configuration, ["logsConfig", "s3Logs"], {})

applies if logs.status == "ENABLED"

applies if not is_string(configuration.name)

compliant if {
	logs.status == "ENABLED"
	not logs.encryptionDisabled == true
}

deny contains {"message": "encryption of the logs is disabled", "evidence": {"location": object.get(logs, "location", null)}} if logs.encryptionDisabled == true
