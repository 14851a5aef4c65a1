# METADATA
# title: Notebook of SageMaker does not reach the internet by itself
# description: >-
#   With direct access what runs in the notebook talks to the internet past your network, and data leaves
#   unseen.
# custom:
#   id: aws.sagemaker.notebook_no_internet
#   kind: aws.sagemaker.notebook_instance
#   area: network
#   needs: [configuration]
#   severity: high
#   frameworks:
#     aws_fsbp: ["SageMaker.1"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)", "SC-7(a)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2"]
#   attack: [T1567]
#   remediation:
#     text: >-
#       Make the notebook anew in a subnet, with direct internet access disabled.
package casemate.aws.sagemaker.notebook_no_internet

configuration := input.facets.configuration

compliant if configuration.DirectInternetAccess == "Disabled"

deny contains {"message": "the notebook reaches the internet past your network", "evidence": {"DirectInternetAccess": object.get(configuration, ["DirectInternetAccess"], null)}} if not compliant
