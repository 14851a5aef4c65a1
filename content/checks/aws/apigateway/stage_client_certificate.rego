# METADATA
# title: Stage of a REST API shows its backend a certificate
# description: >-
#   With a client certificate the backend tells calls of the API from anybody's who found its address.
# custom:
#   id: aws.apigateway.stage_client_certificate
#   kind: aws.apigateway.stage
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["APIGateway.2"]
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Make a client certificate, set it on the stage, and have the backend ask for it.
package casemate.aws.apigateway.stage_client_certificate

configuration := input.facets.configuration

compliant if object.get(configuration, "clientCertificateId", "") != ""

deny contains {"message": "no client certificate is set", "evidence": {"clientCertificateId": ""}} if not compliant
