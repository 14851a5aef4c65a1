# METADATA
# title: OpenSearch domain takes HTTPS alone
# description: >-
#   Over plain HTTP passwords and documents can be read and changed on their way.
# custom:
#   id: aws.opensearch.https
#   kind: aws.opensearch.domain
#   area: encryption
#   needs: [domain]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1040]
#   remediation:
#     text: >-
#       Enforce HTTPS.
#     command: aws opensearch update-domain-config --domain-name NAME --domain-endpoint-options EnforceHTTPS=true
package casemate.aws.opensearch.https

configuration := input.facets.domain

value := object.get(configuration, ["DomainEndpointOptions", "EnforceHTTPS"], false)

compliant if value == true

deny contains {"message": "plain HTTP is taken", "evidence": {"EnforceHTTPS": value}} if not compliant
