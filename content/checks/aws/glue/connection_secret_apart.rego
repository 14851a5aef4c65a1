# METADATA
# title: Connection of Glue takes its password from Secrets Manager
# description: >-
#   A user name without a secret means that the password is kept in the connection, where nobody rotates
#   it and more people read it.
# custom:
#   id: aws.glue.connection_secret_apart
#   kind: aws.glue.connection
#   area: secrets
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552]
#   remediation:
#     text: >-
#       Keep user name and password in a secret and name it in the connection.
package casemate.aws.glue.connection_secret_apart

configuration := input.facets.configuration

properties := object.get(configuration, "ConnectionProperties", {})

kept if properties.PASSWORD == true

kept if properties.ENCRYPTED_PASSWORD == true

kept if {
	properties.USERNAME == true
	not properties.SECRET_ID
}

compliant if {
	is_string(configuration.Name)
	not kept
}

deny contains {"message": "the password is kept in the connection", "evidence": {"ConnectionType": object.get(configuration, "ConnectionType", null)}} if kept
