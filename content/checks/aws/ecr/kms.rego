# METADATA
# title: Images of the repository are encrypted with KMS
# description: >-
#   With a KMS key its policy and its log say who reads the images; the key is chosen when the repository is made.
# custom:
#   id: aws.ecr.kms
#   kind: aws.ecr.repository
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Make the repository anew with a KMS key and move the images.
package casemate.aws.ecr.kms

configuration := input.facets.configuration

type := object.get(configuration, ["encryptionConfiguration", "encryptionType"], "AES256")

compliant if type in {"KMS", "KMS_DSSE"}

deny contains {"message": sprintf("images are encrypted by %s; wanted KMS", [type]), "evidence": {"encryptionType": type}} if not compliant
