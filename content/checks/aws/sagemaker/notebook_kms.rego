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
#   remediation:
#     text: >-
#       Make the notebook anew with a KMS key.
package casemate.aws.sagemaker.notebook_kms

configuration := input.facets.configuration

key := object.get(configuration, "KmsKeyId", "")

compliant if key != ""

deny contains {"message": "the volume has the key of the service", "evidence": {"KmsKeyId": key}} if not compliant
