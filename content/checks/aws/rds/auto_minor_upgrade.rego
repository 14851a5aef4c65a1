# METADATA
# title: Database instance takes minor upgrades by itself
# description: >-
#   Minor versions bring the fixes of security holes; without the setting somebody has to remember each.
# custom:
#   id: aws.rds.auto_minor_upgrade
#   kind: aws.rds.instance
#   area: database
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Turn automatic minor upgrades on, and choose the maintenance window.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --auto-minor-version-upgrade
package casemate.aws.rds.auto_minor_upgrade

configuration := input.facets.configuration

value := object.get(configuration, "AutoMinorVersionUpgrade", false)

compliant if value == true

deny contains {"message": "minor upgrades are left to you", "evidence": {"AutoMinorVersionUpgrade": value}} if not compliant
