# METADATA
# title: ElastiCache replication group stands in more than one zone
# description: >-
#   One zone that fails takes the group with it.
# custom:
#   id: aws.elasticache.multi_az
#   kind: aws.elasticache.replication_group
#   area: database
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Turn Multi-AZ on; it needs a replica in another zone.
#     command: aws elasticache modify-replication-group --replication-group-id NAME --multi-az-enabled
package casemate.aws.elasticache.multi_az

configuration := input.facets.configuration

value := object.get(configuration, "MultiAZ", "disabled")

compliant if value == "enabled"

deny contains {"message": "it stands in one zone alone", "evidence": {"MultiAZ": value}} if not compliant
