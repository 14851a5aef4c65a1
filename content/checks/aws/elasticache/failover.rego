# METADATA
# title: ElastiCache replication group fails over by itself
# description: >-
#   When the primary fails, nothing can be written until somebody promotes a replica.
# custom:
#   id: aws.elasticache.failover
#   kind: aws.elasticache.replication_group
#   area: database
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["ElastiCache.3"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Turn automatic failover on; it needs a replica.
#     command: aws elasticache modify-replication-group --replication-group-id NAME --automatic-failover-enabled
package casemate.aws.elasticache.failover

configuration := input.facets.configuration

value := object.get(configuration, "AutomaticFailover", "disabled")

compliant if value == "enabled"

deny contains {"message": "a replica is promoted by hand", "evidence": {"AutomaticFailover": value}} if not compliant
