# METADATA
# title: Database cluster is encrypted at rest
# description: >-
#   Aurora, DocumentDB and Neptune encrypt volume, backups and snapshots together, and only from the creation
#   on.
# custom:
#   id: aws.rds.cluster_encrypted
#   kind: aws.rds.cluster
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["DocumentDB.1", "Neptune.1", "RDS.27"]
#     cis_aws_3.0: ["2.3.1"]
#     cis_aws_5.0: ["2.2.1"]
#     cis_aws_6.0: ["3.2.1"]
#     cis_aws_7.0: ["3.2.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Restore a snapshot with a KMS key as a new cluster.
#     command: aws rds restore-db-cluster-from-snapshot --db-cluster-identifier NEW --snapshot-identifier SNAPSHOT --engine ENGINE --kms-key-id KEY
package casemate.aws.rds.cluster_encrypted

configuration := input.facets.configuration

value := object.get(configuration, "StorageEncrypted", false)

compliant if value == true

deny contains {"message": "its volume is not encrypted", "evidence": {"StorageEncrypted": value}} if not compliant
