# METADATA
# title: Model of SageMaker is cut off from the network
# description: >-
#   Code that came with a model can send what it is shown to anybody, unless its containers have no
#   network.
# custom:
#   id: aws.sagemaker.model_isolated
#   kind: aws.sagemaker.model
#   area: network
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["SageMaker.5"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   attack: [T1567]
#   remediation:
#     text: >-
#       Make the model with network isolation.
package casemate.aws.sagemaker.model_isolated

configuration := input.facets.configuration

compliant if configuration.EnableNetworkIsolation == true

deny contains {"message": "the containers of the model reach the network", "evidence": {"EnableNetworkIsolation": object.get(configuration, ["EnableNetworkIsolation"], null)}} if not compliant
