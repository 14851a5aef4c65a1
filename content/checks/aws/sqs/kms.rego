# METADATA
# title: SQS queue is encrypted with a key of KMS
# description: >-
#   With keys of SQS whoever may receive may read. A key of KMS has its own policy and log.
# custom:
#   id: aws.sqs.kms
#   kind: aws.sqs.queue
#   area: encryption
#   needs: [attributes]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Set a key of KMS, and let the services that send use it in the key's policy.
#     command: aws sqs set-queue-attributes --queue-url URL --attributes KmsMasterKeyId=KEY
package casemate.aws.sqs.kms

key := object.get(input.facets.attributes, "KmsMasterKeyId", "")

compliant if key != ""

deny contains {"message": "no key of KMS is set", "evidence": {"KmsMasterKeyId": key}} if not compliant
