# METADATA
# title: OpenSearch domain is encrypted at rest
# description: >-
#   Indices, logs and snapshots lie in clear on the disks of the nodes without it.
# custom:
#   id: aws.opensearch.at_rest
#   kind: aws.opensearch.domain
#   area: encryption
#   needs: [domain]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ES.1", "OpenSearch.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Turn encryption at rest on.
#     command: aws opensearch update-domain-config --domain-name NAME --encryption-at-rest-options Enabled=true
package casemate.aws.opensearch.at_rest

configuration := input.facets.domain

value := object.get(configuration, ["EncryptionAtRestOptions", "Enabled"], false)

compliant if value == true

deny contains {"message": "it is not encrypted at rest", "evidence": {"Enabled": value}} if not compliant
