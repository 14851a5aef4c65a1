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
#   frameworks:
#     aws_fsbp: ["Redshift.6"]
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(5)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   remediation:
#     text: >-
#       Allow upgrades in the maintenance window.
#     command: aws redshift modify-cluster --cluster-identifier NAME --allow-version-upgrade
package casemate.aws.redshift.auto_upgrade

configuration := input.facets.configuration

value := object.get(configuration, "AllowVersionUpgrade", false)

compliant if value == true

deny contains {"message": "upgrades are left to you", "evidence": {"AllowVersionUpgrade": value}} if not compliant
