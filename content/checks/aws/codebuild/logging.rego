# METADATA
# title: Builds of CodeBuild are logged
# description: >-
#   Without a log nobody knows what a build did with its role. CloudWatch Logs takes it unless one turns
#   that off.
# custom:
#   id: aws.codebuild.logging
#   kind: aws.codebuild.project
#   area: logging
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["CodeBuild.4"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Send logs to CloudWatch Logs or S3.
package casemate.aws.codebuild.logging

configuration := input.facets.configuration

cloudwatch := object.get(configuration, ["logsConfig", "cloudWatchLogs", "status"], "ENABLED")

s3 := object.get(configuration, ["logsConfig", "s3Logs", "status"], "DISABLED")

compliant if {
	is_string(configuration.name)
	"ENABLED" in {cloudwatch, s3}
}

deny contains {"message": "builds are not logged", "evidence": {"cloudWatchLogs": cloudwatch, "s3Logs": s3}} if {
	cloudwatch == "DISABLED"
	s3 == "DISABLED"
}
