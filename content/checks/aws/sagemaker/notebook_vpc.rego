# METADATA
# title: Notebook of SageMaker stands in a VPC of yours
# description: >-
#   Outside of one no security group or endpoint policy bounds what it reaches.
# custom:
#   id: aws.sagemaker.notebook_vpc
#   kind: aws.sagemaker.notebook_instance
#   area: network
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Make the notebook anew in a subnet of yours.
package casemate.aws.sagemaker.notebook_vpc

configuration := input.facets.configuration

subnet := object.get(configuration, "SubnetId", "")

compliant if startswith(subnet, "subnet-")

deny contains {"message": "the notebook stands in no subnet of yours", "evidence": {"SubnetId": subnet}} if not compliant
