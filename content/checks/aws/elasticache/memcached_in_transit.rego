# METADATA
# title: Memcached cluster of ElastiCache talks TLS
# description: >-
#   Without it keys and values cross the network in clear. Clusters of Redis and Valkey are judged by their
#   replication group.
# custom:
#   id: aws.elasticache.memcached_in_transit
#   kind: aws.elasticache.cluster
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1040]
#   remediation:
#     text: >-
#       Make a new cluster with encryption in transit (Memcached 1.6.12 or later).
package casemate.aws.elasticache.memcached_in_transit

configuration := input.facets.configuration

applies if object.get(configuration, "Engine", "memcached") == "memcached"

value := object.get(configuration, "TransitEncryptionEnabled", false)

compliant if value == true

deny contains {"message": "it talks in clear", "evidence": {"TransitEncryptionEnabled": value}} if not compliant
