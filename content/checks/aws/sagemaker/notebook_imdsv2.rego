# METADATA
# title: Notebook of SageMaker answers for its credentials by IMDSv2 alone
# description: >-
#   By version 1 a page or library that can be made to fetch an address reads the credentials of the role.
# custom:
#   id: aws.sagemaker.notebook_imdsv2
#   kind: aws.sagemaker.notebook_instance
#   area: compute
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["AC-6", "CM-6(a)"]
#     pci_dss_4.0: ["2.2.5"]
#   attack: [T1552.005]
#   remediation:
#     text: >-
#       Set the minimum version of the metadata service to 2.
package casemate.aws.sagemaker.notebook_imdsv2

configuration := input.facets.configuration

compliant if configuration.InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion == "2"

deny contains {"message": "version 1 of the metadata service answers", "evidence": {"MinimumInstanceMetadataServiceVersion": object.get(configuration, ["InstanceMetadataServiceConfiguration", "MinimumInstanceMetadataServiceVersion"], null)}} if not compliant
