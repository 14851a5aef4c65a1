# METADATA
# title: SNS topic is encrypted at rest
# description: >-
#   Messages wait on disks until they are delivered.
# custom:
#   id: aws.sns.encrypted
#   kind: aws.sns.topic
#   area: encryption
#   needs: [attributes]
#   severity: low
#   remediation:
#     text: >-
#       Set a key of KMS, and let the services that publish use it in the key's policy.
#     command: aws sns set-topic-attributes --topic-arn ARN --attribute-name KmsMasterKeyId --attribute-value KEY
package casemate.aws.sns.encrypted

key := object.get(input.facets.attributes, "KmsMasterKeyId", "")

compliant if key != ""

deny contains {"message": "no key is set", "evidence": {"KmsMasterKeyId": key}} if not compliant
