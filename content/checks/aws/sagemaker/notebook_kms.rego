# METADATA
# title: Volume of a SageMaker notebook is encrypted with a key of yours
# description: >-
#   The policy of a key of yours says who may read the volume; the key of the service answers whoever
#   reaches it.
# custom:
#   id: aws.sagemaker.notebook_kms
#   kind: aws.sagemaker.notebook_instance
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Make the notebook anew with a KMS key.
package casemate.aws.sagemaker.notebook_kms

configuration := input.facets.configuration

key := object.get(configuration, "KmsKeyId", "")

compliant if key != ""

deny contains {"message": "the volume has the key of the service", "evidence": {"KmsKeyId": key}} if not compliant
