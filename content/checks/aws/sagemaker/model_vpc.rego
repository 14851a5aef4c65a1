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
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
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
