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
#   remediation:
#     text: >-
#       Set a KMS key in the endpoint configuration.
package casemate.aws.sagemaker.endpoint_kms

configuration := input.facets.configuration

key := object.get(configuration, "KmsKeyId", "")

compliant if key != ""

deny contains {"message": "no key of yours is set", "evidence": {"KmsKeyId": key}} if not compliant
