# METADATA
# title: Model of SageMaker runs in a VPC of yours
# description: >-
#   Outside of one its containers reach S3 and the internet past your endpoints and security groups.
# custom:
#   id: aws.sagemaker.model_vpc
#   kind: aws.sagemaker.model
#   area: network
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Make the model with subnets and security groups.
package casemate.aws.sagemaker.model_vpc

configuration := input.facets.configuration

subnets := object.get(configuration, ["VpcConfig", "Subnets"], [])

compliant if count(subnets) > 0

# Without a network there is nothing to bound.
compliant if configuration.EnableNetworkIsolation == true

deny contains {"message": "no subnets of yours are set", "evidence": {"Subnets": subnets}} if not compliant
