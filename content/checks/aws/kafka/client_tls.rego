# METADATA
# title: Clients of an MSK cluster talk TLS
# description: >-
#   Without it messages and passwords cross the network in clear; `TLS_PLAINTEXT` leaves it to the client.
# custom:
#   id: aws.kafka.client_tls
#   kind: aws.kafka.cluster
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1040]
#   remediation:
#     text: >-
#       Set encryption between clients and brokers to TLS alone.
#     command: aws kafka update-security --cluster-arn ARN --current-version VERSION --encryption-info '{"EncryptionInTransit":{"ClientBroker":"TLS"}}'
package casemate.aws.kafka.client_tls

configuration := input.facets.configuration

# AWS runs a serverless cluster: with TLS, IAM and its own versions.
applies if not configuration.ClusterType == "SERVERLESS"

value := configuration.Provisioned.EncryptionInfo.EncryptionInTransit.ClientBroker

compliant if value == "TLS"

deny contains {"message": sprintf("clients may talk in clear (%s)", [value]), "evidence": {"ClientBroker": value}} if value in {"TLS_PLAINTEXT", "PLAINTEXT"}
