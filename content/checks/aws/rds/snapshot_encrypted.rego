# METADATA
# title: Database snapshot is encrypted
# description: >-
#   A snapshot holds all of the database; without encryption whoever may copy it may read it.
# custom:
#   id: aws.rds.snapshot_encrypted
#   kind: aws.rds.snapshot
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["RDS.4"]
#     iso_27001_2022: ["A.8.13", "A.8.24"]
#     nist_800_53_r5: ["CP-9(8)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Copy it with a KMS key, and delete the one in clear.
#     command: aws rds copy-db-snapshot --source-db-snapshot-identifier PLAIN --target-db-snapshot-identifier ENCRYPTED --kms-key-id KEY
package casemate.aws.rds.snapshot_encrypted

configuration := input.facets.configuration

value := object.get(configuration, "Encrypted", false)

compliant if value == true

deny contains {"message": "it is not encrypted", "evidence": {"Encrypted": value}} if not compliant
