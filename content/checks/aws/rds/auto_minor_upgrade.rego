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
#   frameworks:
#     aws_fsbp: ["RDS.13"]
#     cis_aws_3.0: ["2.3.2"]
#     cis_aws_5.0: ["2.2.2"]
#     cis_aws_6.0: ["3.2.2"]
#     cis_aws_7.0: ["3.2.2"]
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(5)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   remediation:
#     text: >-
#       Turn automatic minor upgrades on, and choose the maintenance window.
#     command: aws rds modify-db-instance --db-instance-identifier NAME --auto-minor-version-upgrade
package casemate.aws.rds.auto_minor_upgrade

configuration := input.facets.configuration

value := object.get(configuration, "AutoMinorVersionUpgrade", false)

compliant if value == true

deny contains {"message": "minor upgrades are left to you", "evidence": {"AutoMinorVersionUpgrade": value}} if not compliant
