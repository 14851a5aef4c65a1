# METADATA
# title: Snapshot of a database cluster is encrypted
# description: >-
#   A snapshot holds all of the database; without encryption whoever may copy it may read it.
# custom:
#   id: aws.rds.cluster_snapshot_encrypted
#   kind: aws.rds.cluster_snapshot
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["Neptune.6", "RDS.4"]
#     cis_aws_3.0: ["2.3.1"]
#     cis_aws_5.0: ["2.2.1"]
#     cis_aws_6.0: ["3.2.1"]
#     cis_aws_7.0: ["3.2.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Copy it with a KMS key, and delete the one in clear.
#     command: aws rds copy-db-cluster-snapshot --source-db-cluster-snapshot-identifier PLAIN --target-db-cluster-snapshot-identifier ENCRYPTED --kms-key-id KEY
package casemate.aws.rds.cluster_snapshot_encrypted

configuration := input.facets.configuration

value := object.get(configuration, "StorageEncrypted", false)

compliant if value == true

deny contains {"message": "it is not encrypted", "evidence": {"StorageEncrypted": value}} if not compliant
