# METADATA
# title: Brokers of an MSK cluster talk TLS to each other
# description: >-
#   Without it messages cross the network between brokers in clear. It is chosen at the creation.
# custom:
#   id: aws.kafka.in_cluster_tls
#   kind: aws.kafka.cluster
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["MSK.1"]
#     iso_27001_2022: ["A.8.20", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1040]
#   remediation:
#     text: >-
#       Make a new cluster with encryption within the cluster.
package casemate.aws.kafka.in_cluster_tls

configuration := input.facets.configuration

# AWS runs a serverless cluster: with TLS, IAM and its own versions.
applies if not configuration.ClusterType == "SERVERLESS"

value := configuration.Provisioned.EncryptionInfo.EncryptionInTransit.InCluster

compliant if value == true

deny contains {"message": "brokers talk in clear", "evidence": {"InCluster": value}} if value == false
