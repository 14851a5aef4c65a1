# METADATA
# title: Encrypted parameter has a key of yours
# description: >-
#   With AWS's own key whoever may read the parameter may open it.
# custom:
#   id: aws.ssm.parameter_kms
#   kind: aws.ssm.parameter
#   area: encryption
#   needs: [parameter]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Write the parameter anew with a customer managed key.
#     command: aws ssm put-parameter --name NAME --type SecureString --key-id KEY --value VALUE --overwrite
package casemate.aws.ssm.parameter_kms

parameter := input.facets.parameter

plain if {
	is_string(parameter.Type)
	parameter.Type != "SecureString"
}

applies if not plain

key := object.get(parameter, "KeyId", "")

compliant if {
	parameter.Type == "SecureString"
	key != ""
	not endswith(key, "alias/aws/ssm")
}

deny contains {"message": "it is encrypted with AWS's own key", "evidence": {"KeyId": key}} if {
	parameter.Type == "SecureString"
	not compliant
}
