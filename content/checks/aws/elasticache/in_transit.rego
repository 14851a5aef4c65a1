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
#   frameworks:
#     aws_fsbp: ["ElastiCache.5"]
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
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
