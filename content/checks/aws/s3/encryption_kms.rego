# METADATA
# title: Bucket encrypts with a key of KMS
# description: >-
#   S3 encrypts everything with keys of its own, which any permission to read opens. A key of KMS has its own policy and
#   its own log: reading needs both.
# custom:
#   id: aws.s3.encryption_kms
#   kind: aws.s3.bucket
#   area: encryption
#   needs: [encryption]
#   severity: low
#   frameworks:
#     aws_fsbp: ["S3.17"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Set default encryption to `aws:kms` with a key of yours and a bucket key; copy what is there onto itself.
#     command: >-
#       aws s3api put-bucket-encryption --bucket NAME --server-side-encryption-configuration
#       '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"KEY"},"BucketKeyEnabled":true}]}'
package casemate.aws.s3.encryption_kms

facet := input.facets.encryption

algorithms := [rule.ApplyServerSideEncryptionByDefault.SSEAlgorithm | some rule in facet.Rules]

compliant if {
	count(algorithms) > 0
	every algorithm in algorithms { algorithm in {"aws:kms", "aws:kms:dsse"} }
}

deny contains {"message": sprintf("default encryption is %s; wanted aws:kms", [shown]), "evidence": facet} if not compliant

shown := "not set" if count(algorithms) == 0

else := concat(", ", algorithms)
