# METADATA
# title: Address of a Glue connection holds no credentials
# description: >-
#   The address is shown to everybody who may read the connection.
# custom:
#   id: aws.glue.connection_url_no_credentials
#   kind: aws.glue.connection
#   area: secrets
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552]
#   remediation:
#     text: >-
#       Take the password out of the address, keep it in Secrets Manager, and replace it: it was seen.
package casemate.aws.glue.connection_url_no_credentials

configuration := input.facets.configuration

urls := {name: value |
	some name in ["JDBC_CONNECTION_URL", "CONNECTION_URL"]
	value := configuration.ConnectionProperties[name]
}

bad := [{"property": name, "detector": detector} |
	some name, value in urls
	some detector in value.detected
]

compliant if {
	is_string(configuration.Name)
	every _, value in urls { is_array(value.detected) }
	count(bad) == 0
}

deny contains {"message": sprintf("%s holds what looks like a secret (%s)", [one.property, one.detector]), "evidence": one} if some one in bad
