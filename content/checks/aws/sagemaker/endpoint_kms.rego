# METADATA
# title: Volumes of a SageMaker endpoint are encrypted with a key of yours
# description: >-
#   The policy of a key of yours says who may read the volumes. Instances with disks of their own encrypt
#   those by themselves.
# custom:
#   id: aws.sagemaker.endpoint_kms
#   kind: aws.sagemaker.endpoint_config
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Set a KMS key in the endpoint configuration.
package casemate.aws.sagemaker.endpoint_kms

configuration := input.facets.configuration

key := object.get(configuration, "KmsKeyId", "")

compliant if key != ""

deny contains {"message": "no key of yours is set", "evidence": {"KmsKeyId": key}} if not compliant
