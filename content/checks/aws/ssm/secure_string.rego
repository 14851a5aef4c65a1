# METADATA
# title: Parameters with secrets are encrypted
# description: >-
#   A parameter whose name says that it holds a password, secret, token or private key is a SecureString: others are
#   shown to whoever may read parameters, and stand in the clear in logs of the console.
# custom:
#   id: aws.ssm.secure_string
#   kind: aws.ssm.parameter
#   area: secrets
#   needs: [parameter]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.12", "A.8.24"]
#     nist_800_53_r5: ["IA-5(h)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "8.3.2"]
#   attack: [T1552]
#   remediation:
#     text: >-
#       Make the parameter anew as a SecureString, delete the old one with its history, and change the secret.
#     command: aws ssm put-parameter --name NAME --type SecureString --value VALUE --overwrite
package casemate.aws.ssm.secure_string

parameter := input.facets.parameter

words := {"password", "secret", "token", "private-key", "private_key", "privatekey"}

secretish if {
	some word in words
	contains(lower(parameter.Name), word)
}

harmless if {
	is_string(parameter.Name)
	not secretish
}

applies if not harmless

compliant if {
	secretish
	parameter.Type == "SecureString"
}

deny contains {"message": sprintf("its name says secret and it is a %s", [parameter.Type]), "evidence": {"Name": parameter.Name, "Type": parameter.Type}} if {
	secretish
	parameter.Type != "SecureString"
}
