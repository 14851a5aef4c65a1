# METADATA
# title: Snapshot is encrypted
# description: >-
#   A snapshot that is not encrypted can be shared with anybody by one call.
# custom:
#   id: aws.ec2.snapshot_encrypted
#   kind: aws.ec2.snapshot
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.13", "A.8.24"]
#     nist_800_53_r5: ["CP-9(8)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Copy the snapshot with a key and delete this one.
#     command: aws ec2 copy-snapshot --source-region REGION --source-snapshot-id SNAPSHOT --encrypted --kms-key-id KEY
package casemate.aws.ec2.snapshot_encrypted

configuration := input.facets.configuration

# The service leaves it out where it is off.
value := object.get(configuration, "Encrypted", false)

compliant if value == true

deny contains {"message": "it is not encrypted", "evidence": {"Encrypted": value}} if value != true
