# METADATA
# title: Snapshot of a database cluster is encrypted
# description: >-
#   A snapshot holds all of the database; without encryption whoever may copy it may read it.
# custom:
#   id: aws.rds.cluster_snapshot_encrypted
#   kind: aws.rds.cluster_snapshot
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Copy it with a KMS key, and delete the one in clear.
#     command: aws rds copy-db-cluster-snapshot --source-db-cluster-snapshot-identifier PLAIN --target-db-cluster-snapshot-identifier ENCRYPTED --kms-key-id KEY
package casemate.aws.rds.cluster_snapshot_encrypted

configuration := input.facets.configuration

value := object.get(configuration, "StorageEncrypted", false)

compliant if value == true

deny contains {"message": "it is not encrypted", "evidence": {"StorageEncrypted": value}} if not compliant
