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
#   frameworks:
#     aws_fsbp: ["SNS.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Set a key of KMS, and let the services that publish use it in the key's policy.
#     command: aws sns set-topic-attributes --topic-arn ARN --attribute-name KmsMasterKeyId --attribute-value KEY
package casemate.aws.sns.encrypted

key := object.get(input.facets.attributes, "KmsMasterKeyId", "")

compliant if key != ""

deny contains {"message": "no key is set", "evidence": {"KmsMasterKeyId": key}} if not compliant
