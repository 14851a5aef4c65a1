# METADATA
# title: ElastiCache cluster takes minor upgrades by itself
# description: >-
#   Minor versions bring the fixes of security holes; without the setting somebody has to remember each.
# custom:
#   id: aws.elasticache.auto_minor_upgrade
#   kind: aws.elasticache.cluster
#   area: database
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Turn automatic minor upgrades on.
#     command: aws elasticache modify-cache-cluster --cache-cluster-id NAME --auto-minor-version-upgrade
package casemate.aws.elasticache.auto_minor_upgrade

configuration := input.facets.configuration

value := object.get(configuration, "AutoMinorVersionUpgrade", false)

compliant if value == true

deny contains {"message": "minor upgrades are left to you", "evidence": {"AutoMinorVersionUpgrade": value}} if not compliant
