# METADATA
# title: SSM document holds no secrets
# description: >-
#   Whoever may read documents reads what stands in them. The text is looked at for keys and tokens of known forms and is
#   not kept.
# custom:
#   id: aws.ssm.document_no_secrets
#   kind: aws.ssm.document
#   area: secrets
#   needs: [content]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552.001]
#   remediation:
#     text: >-
#       Take the secret from a parameter or from Secrets Manager, remove the versions that held it, and change it.
package casemate.aws.ssm.document_no_secrets

content := input.facets.content.Content

compliant if {
	is_string(content.form)
	count(content.detected) == 0
}

deny contains {"message": sprintf("it holds: %s", [concat(", ", content.detected)]), "evidence": {"detected": content.detected}} if count(content.detected) > 0
