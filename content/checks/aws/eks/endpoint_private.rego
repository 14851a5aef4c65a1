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
#   remediation:
#     text: >-
#       Turn the private endpoint on.
#     command: aws eks update-cluster-config --name NAME --resources-vpc-config endpointPrivateAccess=true
package casemate.aws.eks.endpoint_private

configuration := input.facets.configuration

on := object.get(configuration, ["resourcesVpcConfig", "endpointPrivateAccess"], false)

compliant if on == true

deny contains {"message": "the private endpoint is off", "evidence": {"endpointPrivateAccess": on}} if not compliant
