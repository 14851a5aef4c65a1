# METADATA
# title: Connection of Glue to a database uses TLS
# description: >-
#   Without it rows and passwords go over the network in the clear.
# custom:
#   id: aws.glue.connection_tls
#   kind: aws.glue.connection
#   area: encryption
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set `JDBC_ENFORCE_SSL` to true.
package casemate.aws.glue.connection_tls

configuration := input.facets.configuration

# Other sorts have settings of their own, or speak TLS always.
applies if configuration.ConnectionType in {"JDBC", "KAFKA"}

applies if not configuration.ConnectionType

properties := object.get(configuration, "ConnectionProperties", {})

compliant if {
	configuration.ConnectionType == "JDBC"
	lower(properties.JDBC_ENFORCE_SSL) == "true"
}

# Kafka's connections use TLS unless one says otherwise.
compliant if {
	configuration.ConnectionType == "KAFKA"
	lower(object.get(properties, "KAFKA_SSL_ENABLED", "true")) == "true"
}

deny contains {"message": "TLS is not enforced", "evidence": {"ConnectionType": object.get(configuration, "ConnectionType", null)}} if not compliant
