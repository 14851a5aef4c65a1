# METADATA
# title: Data catalog of Glue encrypts the passwords of connections
# description: >-
#   Without it a password stands in the answer to everybody who may read connections.
# custom:
#   id: aws.glue.catalog_passwords_encrypted
#   kind: aws.glue.catalog
#   area: secrets
#   needs: [encryption]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552]
#   remediation:
#     text: >-
#       Turn on encryption of connection passwords in the settings of the catalog.
package casemate.aws.glue.catalog_passwords_encrypted

compliant if input.facets.encryption.ConnectionPasswordEncryption.ReturnConnectionPasswordEncrypted == true

deny contains {"message": "passwords of connections are not encrypted", "evidence": object.get(input.facets.encryption, "ConnectionPasswordEncryption", {})} if not compliant
