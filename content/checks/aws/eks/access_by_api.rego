# METADATA
# title: Who may enter an EKS cluster is said by access entries
# description: >-
#   With CONFIG_MAP alone a line in a map inside the cluster makes an administrator, unseen by IAM and CloudTrail.
# custom:
#   id: aws.eks.access_by_api
#   kind: aws.eks.cluster
#   area: identity
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   remediation:
#     text: >-
#       Change the authentication mode to API_AND_CONFIG_MAP, make access entries, then to API.
#     command: aws eks update-cluster-config --name NAME --access-config authenticationMode=API_AND_CONFIG_MAP
package casemate.aws.eks.access_by_api

configuration := input.facets.configuration

mode := object.get(configuration, ["accessConfig", "authenticationMode"], "CONFIG_MAP")

compliant if mode in {"API", "API_AND_CONFIG_MAP"}

deny contains {"message": sprintf("the authentication mode is %s", [mode]), "evidence": {"authenticationMode": mode}} if not compliant
