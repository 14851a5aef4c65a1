# METADATA
# title: MSK cluster asks who connects
# description: >-
#   Otherwise everybody who reaches the brokers reads and writes all topics.
# custom:
#   id: aws.kafka.authenticated
#   kind: aws.kafka.cluster
#   area: identity
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.16", "A.8.5"]
#     nist_800_53_r5: ["AC-3", "IA-2"]
#     pci_dss_4.0: ["7.3.1", "8.2.1"]
#   attack: [T1078]
#   remediation:
#     text: >-
#       Turn IAM, SCRAM or client certificates on, and unauthenticated access off.
package casemate.aws.kafka.authenticated

configuration := input.facets.configuration

# AWS runs a serverless cluster: with TLS, IAM and its own versions.
applies if not configuration.ClusterType == "SERVERLESS"

authentication := object.get(configuration, ["Provisioned", "ClientAuthentication"], {})

asks if authentication.Sasl.Iam.Enabled == true

asks if authentication.Sasl.Scram.Enabled == true

asks if authentication.Tls.Enabled == true

# Clusters of the first years have a list of authorities in place of the flag.
asks if count(authentication.Tls.CertificateAuthorityArnList) > 0

open if authentication.Unauthenticated.Enabled == true

compliant if {
	asks
	not open
}

deny contains {"message": "clients without a name are served", "evidence": {"Unauthenticated": true}} if open

deny contains {"message": "it asks no client who it is", "evidence": {"ClientAuthentication": authentication}} if {
	is_object(configuration.Provisioned)
	not asks
	not open
}
