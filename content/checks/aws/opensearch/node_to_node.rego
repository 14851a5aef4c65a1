# METADATA
# title: Nodes of an OpenSearch domain talk TLS to each other
# description: >-
#   Without it what is indexed crosses the network between the nodes in clear.
# custom:
#   id: aws.opensearch.node_to_node
#   kind: aws.opensearch.domain
#   area: encryption
#   needs: [domain]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ES.3", "OpenSearch.3"]
#     iso_27001_2022: ["A.8.20", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1040]
#   remediation:
#     text: >-
#       Turn node-to-node encryption on.
#     command: aws opensearch update-domain-config --domain-name NAME --node-to-node-encryption-options Enabled=true
package casemate.aws.opensearch.node_to_node

configuration := input.facets.domain

value := object.get(configuration, ["NodeToNodeEncryptionOptions", "Enabled"], false)

compliant if value == true

deny contains {"message": "the nodes talk in clear", "evidence": {"Enabled": value}} if not compliant
