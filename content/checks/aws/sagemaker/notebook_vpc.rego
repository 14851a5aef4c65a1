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
#   frameworks:
#     aws_fsbp: ["SageMaker.2"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Make the notebook anew in a subnet of yours.
package casemate.aws.sagemaker.notebook_vpc

configuration := input.facets.configuration

subnet := object.get(configuration, "SubnetId", "")

compliant if startswith(subnet, "subnet-")

deny contains {"message": "the notebook stands in no subnet of yours", "evidence": {"SubnetId": subnet}} if not compliant
