# METADATA
# title: Redshift cluster is encrypted at rest
# description: >-
#   Disks and snapshots of the cluster are in clear without it.
# custom:
#   id: aws.redshift.encrypted
#   kind: aws.redshift.cluster
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["Redshift.10"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Turn encryption on with a KMS key; the cluster moves its data in the background.
#     command: aws redshift modify-cluster --cluster-identifier NAME --encrypted --kms-key-id KEY
package casemate.aws.redshift.encrypted

configuration := input.facets.configuration

value := object.get(configuration, "Encrypted", false)

compliant if value == true

deny contains {"message": "it is not encrypted", "evidence": {"Encrypted": value}} if not compliant
