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
#   frameworks:
#     aws_fsbp: ["ElastiCache.4"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Make a new group with encryption from a backup.
#     command: aws elasticache create-replication-group --replication-group-id NEW --at-rest-encryption-enabled --snapshot-name BACKUP
package casemate.aws.elasticache.at_rest

configuration := input.facets.configuration

value := object.get(configuration, "AtRestEncryptionEnabled", false)

compliant if value == true

deny contains {"message": "it is not encrypted at rest", "evidence": {"AtRestEncryptionEnabled": value}} if not compliant
