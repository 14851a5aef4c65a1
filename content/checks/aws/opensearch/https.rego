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
