# METADATA
# title: Logs of a Glue job are encrypted with a KMS key
# description: >-
#   Logs show rows, names and errors of the data.
# custom:
#   id: aws.glue.job_logs_encrypted
#   kind: aws.glue.job
#   area: encryption
#   needs: [security]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Turn on encryption of CloudWatch logs in the security configuration.
package casemate.aws.glue.job_logs_encrypted

security := input.facets.security

configurations := object.get(security, "items", [])

compliant if {
	some one in configurations
	one.EncryptionConfiguration.CloudWatchEncryption.CloudWatchEncryptionMode == "SSE-KMS"
}

deny contains {"message": "no security configuration encrypts the logs", "evidence": {"named": object.get(security, "named", false)}} if not compliant
