# METADATA
# title: KMS key rotates
# description: >-
#   A key that rotates bounds how much one copy of its material can open. Keys that AWS manages rotate by themselves;
#   asymmetric and HMAC keys, and those whose material was brought in or lies elsewhere, cannot by themselves.
# custom:
#   id: aws.kms.rotation
#   kind: aws.kms.key
#   area: encryption
#   needs: [key, rotation]
#   severity: low
#   frameworks:
#     aws_fsbp: ["KMS.4"]
#     cis_aws_3.0: ["3.6"]
#     cis_aws_5.0: ["3.6"]
#     cis_aws_6.0: ["4.6"]
#     cis_aws_7.0: ["4.6"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12", "SC-12(2)"]
#     pci_dss_4.0: ["3.7.4"]
#   remediation:
#     text: >-
#       Turn on automatic rotation. What was encrypted before stays readable.
#     command: aws kms enable-key-rotation --key-id ID
package casemate.aws.kms.rotation

import data.casemate.lib.aws.kms

rotation := input.facets.rotation

applies if {
	not kms.aws_managed(input.facets.key)
	not kms.cannot_rotate(input.facets.key)
	not rotation.present == false
}

on if rotation.KeyRotationEnabled == true

compliant if {
	on
	input.facets.key.KeyManager == "CUSTOMER"
}

deny contains {"message": "automatic rotation is off", "evidence": {"KeyRotationEnabled": false}} if not on
