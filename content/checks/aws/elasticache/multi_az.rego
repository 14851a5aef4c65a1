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
#   frameworks:
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Turn Multi-AZ on; it needs a replica in another zone.
#     command: aws elasticache modify-replication-group --replication-group-id NAME --multi-az-enabled
package casemate.aws.elasticache.multi_az

configuration := input.facets.configuration

value := object.get(configuration, "MultiAZ", "disabled")

compliant if value == "enabled"

deny contains {"message": "it stands in one zone alone", "evidence": {"MultiAZ": value}} if not compliant
