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
#   remediation:
#     text: >-
#       Make an encrypted file system, copy the files (DataSync does), and remove the old one.
#     command: aws efs create-file-system --encrypted --kms-key-id KEY
package casemate.aws.efs.encrypted

configuration := input.facets.configuration

value := object.get(configuration, "Encrypted", false)

compliant if value == true

deny contains {"message": "it is not encrypted", "evidence": {"Encrypted": value}} if not compliant
