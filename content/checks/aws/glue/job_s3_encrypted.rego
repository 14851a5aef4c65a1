# METADATA
# title: Job of Glue encrypts what it writes to S3
# description: >-
#   What the job writes takes the encryption of its security configuration, else the default of the
#   bucket.
# custom:
#   id: aws.glue.job_s3_encrypted
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
#       Make a security configuration with encryption of S3 and name it in the job.
package casemate.aws.glue.job_s3_encrypted

security := input.facets.security

configurations := object.get(security, "items", [])

compliant if {
	some one in configurations
	some s3 in one.EncryptionConfiguration.S3Encryption
	s3.S3EncryptionMode in {"SSE-KMS", "SSE-S3"}
}

deny contains {"message": "no security configuration encrypts what the job writes", "evidence": {"named": object.get(security, "named", false)}} if not compliant
