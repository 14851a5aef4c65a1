# METADATA
# title: EFS file system is encrypted at rest
# description: >-
#   It can be said at the creation alone.
# custom:
#   id: aws.efs.encrypted
#   kind: aws.efs.file_system
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EFS.1"]
#     cis_aws_3.0: ["2.4.1"]
#     cis_aws_5.0: ["2.3.1"]
#     cis_aws_6.0: ["3.3.1"]
#     cis_aws_7.0: ["3.3.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Make an encrypted file system, copy the files (DataSync does), and remove the old one.
#     command: aws efs create-file-system --encrypted --kms-key-id KEY
package casemate.aws.efs.encrypted

configuration := input.facets.configuration

value := object.get(configuration, "Encrypted", false)

compliant if value == true

deny contains {"message": "it is not encrypted", "evidence": {"Encrypted": value}} if not compliant
