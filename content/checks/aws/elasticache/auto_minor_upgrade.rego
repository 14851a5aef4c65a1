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
#   frameworks:
#     aws_fsbp: ["ElastiCache.2"]
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(5)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   remediation:
#     text: >-
#       Turn automatic minor upgrades on.
#     command: aws elasticache modify-cache-cluster --cache-cluster-id NAME --auto-minor-version-upgrade
package casemate.aws.elasticache.auto_minor_upgrade

configuration := input.facets.configuration

value := object.get(configuration, "AutoMinorVersionUpgrade", false)

compliant if value == true

deny contains {"message": "minor upgrades are left to you", "evidence": {"AutoMinorVersionUpgrade": value}} if not compliant
