# METADATA
# title: Database cluster is encrypted at rest
# description: >-
#   Aurora, DocumentDB and Neptune encrypt volume, backups and snapshots together, and only from the creation
#   on.
# custom:
#   id: aws.rds.cluster_encrypted
#   kind: aws.rds.cluster
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Restore a snapshot with a KMS key as a new cluster.
#     command: aws rds restore-db-cluster-from-snapshot --db-cluster-identifier NEW --snapshot-identifier SNAPSHOT --engine ENGINE --kms-key-id KEY
package casemate.aws.rds.cluster_encrypted

configuration := input.facets.configuration

value := object.get(configuration, "StorageEncrypted", false)

compliant if value == true

deny contains {"message": "its volume is not encrypted", "evidence": {"StorageEncrypted": value}} if not compliant
