# METADATA
# title: SQS queue is encrypted at rest
# description: >-
#   Messages wait on disks. Keys of SQS itself are enough; a key of KMS is asked for by `aws.sqs.kms`.
# custom:
#   id: aws.sqs.encrypted
#   kind: aws.sqs.queue
#   area: encryption
#   needs: [attributes]
#   severity: low
#   frameworks:
#     aws_fsbp: ["SQS.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Turn on encryption with keys of SQS, or set a key of KMS.
#     command: aws sqs set-queue-attributes --queue-url URL --attributes SqsManagedSseEnabled=true
package casemate.aws.sqs.encrypted

attributes := input.facets.attributes

compliant if object.get(attributes, "SqsManagedSseEnabled", "false") == "true"

compliant if object.get(attributes, "KmsMasterKeyId", "") != ""

deny contains {"message": "neither keys of SQS nor a key of KMS is set", "evidence": {"SqsManagedSseEnabled": object.get(attributes, "SqsManagedSseEnabled", "false")}} if not compliant
