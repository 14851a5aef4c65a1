# METADATA
# title: ElastiCache replication group is encrypted at rest
# description: >-
#   Backups, swap and what is written on the way lie in clear without it. It is said at the creation alone.
# custom:
#   id: aws.elasticache.at_rest
#   kind: aws.elasticache.replication_group
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Make a new group with encryption from a backup.
#     command: aws elasticache create-replication-group --replication-group-id NEW --at-rest-encryption-enabled --snapshot-name BACKUP
package casemate.aws.elasticache.at_rest

configuration := input.facets.configuration

value := object.get(configuration, "AtRestEncryptionEnabled", false)

compliant if value == true

deny contains {"message": "it is not encrypted at rest", "evidence": {"AtRestEncryptionEnabled": value}} if not compliant
