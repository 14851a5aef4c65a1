# METADATA
# title: Redshift cluster takes upgrades by itself
# description: >-
#   New versions bring the fixes of security holes; without the setting somebody has to remember each.
# custom:
#   id: aws.redshift.auto_upgrade
#   kind: aws.redshift.cluster
#   area: database
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Allow upgrades in the maintenance window.
#     command: aws redshift modify-cluster --cluster-identifier NAME --allow-version-upgrade
package casemate.aws.redshift.auto_upgrade

configuration := input.facets.configuration

value := object.get(configuration, "AllowVersionUpgrade", false)

compliant if value == true

deny contains {"message": "upgrades are left to you", "evidence": {"AllowVersionUpgrade": value}} if not compliant
