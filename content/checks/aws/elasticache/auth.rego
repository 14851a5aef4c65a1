# METADATA
# title: ElastiCache replication group asks who connects
# description: >-
#   Without a token or users everybody who reaches the port reads and writes all of it.
# custom:
#   id: aws.elasticache.auth
#   kind: aws.elasticache.replication_group
#   area: identity
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ElastiCache.6"]
#     iso_27001_2022: ["A.5.16", "A.8.5"]
#     nist_800_53_r5: ["AC-3", "IA-2"]
#     pci_dss_4.0: ["7.3.1", "8.2.1"]
#   attack: [T1078]
#   remediation:
#     text: >-
#       Make a user group, or set an AUTH token; both need encryption in transit.
#     command: aws elasticache modify-replication-group --replication-group-id NAME --user-group-ids-to-add GROUP
package casemate.aws.elasticache.auth

configuration := input.facets.configuration

token := object.get(configuration, "AuthTokenEnabled", false)

users := object.get(configuration, "UserGroupIds", [])

compliant if token == true

compliant if count(users) > 0

deny contains {"message": "everybody who reaches it may use it", "evidence": {"AuthTokenEnabled": token, "UserGroupIds": users}} if not compliant
