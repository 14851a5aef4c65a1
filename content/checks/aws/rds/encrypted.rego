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
#   remediation:
#     text: >-
#       Copy a snapshot with a KMS key, and restore it as a new instance.
#     command: aws rds copy-db-snapshot --source-db-snapshot-identifier PLAIN --target-db-snapshot-identifier ENCRYPTED --kms-key-id KEY
package casemate.aws.rds.encrypted

configuration := input.facets.configuration

value := object.get(configuration, "StorageEncrypted", false)

compliant if value == true

deny contains {"message": "its storage is not encrypted", "evidence": {"StorageEncrypted": value}} if not compliant
