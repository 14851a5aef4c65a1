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
#   frameworks:
#     iso_27001_2022: ["A.8.15", "A.8.24"]
#     nist_800_53_r5: ["AU-9(3)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "10.3.1"]
#   remediation:
#     text: >-
#       Associate a KMS key whose policy lets CloudWatch Logs use it.
#     command: aws logs associate-kms-key --log-group-name NAME --kms-key-id ARN
package casemate.aws.logs.kms

configuration := input.facets.configuration

key := object.get(configuration, "kmsKeyId", "")

compliant if key != ""

deny contains {"message": "no KMS key is set", "evidence": {"kmsKeyId": key}} if not compliant
