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
