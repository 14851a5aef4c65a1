# METADATA
# title: Database instance is encrypted at rest
# description: >-
#   Storage, backups, snapshots and replicas of an instance are encrypted together, and only from its creation
#   on.
# custom:
#   id: aws.rds.encrypted
#   kind: aws.rds.instance
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["RDS.3"]
#     cis_aws_3.0: ["2.3.1"]
#     cis_aws_5.0: ["2.2.1"]
#     cis_aws_6.0: ["3.2.1"]
#     cis_aws_7.0: ["3.2.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Copy a snapshot with a KMS key, and restore it as a new instance.
#     command: aws rds copy-db-snapshot --source-db-snapshot-identifier PLAIN --target-db-snapshot-identifier ENCRYPTED --kms-key-id KEY
package casemate.aws.rds.encrypted

configuration := input.facets.configuration

value := object.get(configuration, "StorageEncrypted", false)

compliant if value == true

deny contains {"message": "its storage is not encrypted", "evidence": {"StorageEncrypted": value}} if not compliant
