# METADATA
# title: Nodes reach the API of an EKS cluster inside the VPC
# description: >-
#   Without the private endpoint nodes talk to the API over its public address.
# custom:
#   id: aws.eks.endpoint_private
#   kind: aws.eks.cluster
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Turn the private endpoint on.
#     command: aws eks update-cluster-config --name NAME --resources-vpc-config endpointPrivateAccess=true
package casemate.aws.eks.endpoint_private

configuration := input.facets.configuration

on := object.get(configuration, ["resourcesVpcConfig", "endpointPrivateAccess"], false)

compliant if on == true

deny contains {"message": "the private endpoint is off", "evidence": {"endpointPrivateAccess": on}} if not compliant
