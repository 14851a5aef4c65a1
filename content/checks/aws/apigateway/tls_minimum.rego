# METADATA
# title: REST API takes no outdated TLS
# description: >-
#   By its default address a regional API still takes TLS 1.0 where its security policy says so; custom domains
#   have policies of their own.
# custom:
#   id: aws.apigateway.tls_minimum
#   kind: aws.apigateway.rest_api
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set a security policy of TLS 1.2 or 1.3, or turn off the default address.
package casemate.aws.apigateway.tls_minimum

configuration := input.facets.configuration

# Nobody can call it by the default address.
applies if not configuration.disableExecuteApiEndpoint == true

policy := object.get(configuration, "securityPolicy", "not said")

modern if policy == "TLS_1_2"

modern if startswith(policy, "SecurityPolicy_TLS13_")

compliant if modern

deny contains {"message": "TLS 1.0 is taken", "evidence": {"securityPolicy": policy}} if policy == "TLS_1_0"
