# METADATA
# title: ElastiCache replication group talks TLS
# description: >-
#   Without it keys, values and the password cross the network in clear.
# custom:
#   id: aws.elasticache.in_transit
#   kind: aws.elasticache.replication_group
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   attack: [T1040]
#   remediation:
#     text: >-
#       Turn encryption in transit on, first as preferred, then as required.
#     command: aws elasticache modify-replication-group --replication-group-id NAME --transit-encryption-enabled --transit-encryption-mode required
package casemate.aws.elasticache.in_transit

configuration := input.facets.configuration

value := object.get(configuration, "TransitEncryptionEnabled", false)

compliant if value == true

deny contains {"message": "it talks in clear", "evidence": {"TransitEncryptionEnabled": value}} if not compliant
