# METADATA
# title: Log group is encrypted with a KMS key
# description: >-
#   A key of yours says who may read the logs, and its use is recorded.
# custom:
#   id: aws.logs.kms
#   kind: aws.logs.group
#   area: encryption
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Associate a KMS key whose policy lets CloudWatch Logs use it.
#     command: aws logs associate-kms-key --log-group-name NAME --kms-key-id ARN
package casemate.aws.logs.kms

configuration := input.facets.configuration

key := object.get(configuration, "kmsKeyId", "")

compliant if key != ""

deny contains {"message": "no KMS key is set", "evidence": {"kmsKeyId": key}} if not compliant
