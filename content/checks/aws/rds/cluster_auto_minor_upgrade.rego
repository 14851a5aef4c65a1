# METADATA
# title: Multi-AZ database cluster takes minor upgrades by itself
# description: >-
#   Minor versions bring the fixes of security holes. It is a setting of the cluster for Multi-AZ clusters of
#   MySQL and PostgreSQL alone; in Aurora, DocumentDB and Neptune the instances say it.
# custom:
#   id: aws.rds.cluster_auto_minor_upgrade
#   kind: aws.rds.cluster
#   area: database
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["RDS.35"]
#     cis_aws_3.0: ["2.3.2"]
#     cis_aws_5.0: ["2.2.2"]
#     cis_aws_6.0: ["3.2.2"]
#     cis_aws_7.0: ["3.2.2"]
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(5)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   remediation:
#     text: >-
#       Turn automatic minor upgrades on.
#     command: aws rds modify-db-cluster --db-cluster-identifier NAME --auto-minor-version-upgrade
package casemate.aws.rds.cluster_auto_minor_upgrade

configuration := input.facets.configuration

applies if not by_instance

by_instance if startswith(configuration.Engine, "aurora")

by_instance if configuration.Engine in {"docdb", "neptune"}

value := object.get(configuration, "AutoMinorVersionUpgrade", false)

compliant if value == true

deny contains {"message": "minor upgrades are left to you", "evidence": {"AutoMinorVersionUpgrade": value}} if not compliant
