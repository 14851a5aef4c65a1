# METADATA
# title: Brokers of an MSK cluster have no public addresses
# description: >-
#   With them whoever has or guesses a password reads the topics from the internet.
# custom:
#   id: aws.kafka.not_public
#   kind: aws.kafka.cluster
#   area: network
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.8.12", "A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)", "SC-7(a)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2", "1.4.4"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       Turn public access off.
package casemate.aws.kafka.not_public

configuration := input.facets.configuration

# AWS runs a serverless cluster: with TLS, IAM and its own versions.
applies if not configuration.ClusterType == "SERVERLESS"

type := object.get(configuration, ["Provisioned", "BrokerNodeGroupInfo", "ConnectivityInfo", "PublicAccess", "Type"], "DISABLED")

# It is left out where it was never on.
compliant if {
	is_object(configuration.Provisioned.BrokerNodeGroupInfo)
	type == "DISABLED"
}

deny contains {"message": "the brokers have public addresses", "evidence": {"Type": type}} if type != "DISABLED"
