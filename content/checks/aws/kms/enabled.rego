# METADATA
# title: KMS key is in use
# description: >-
#   A key that was turned off is one that nobody dared to delete, or that somebody turned off to stop your work.
# custom:
#   id: aws.kms.enabled
#   kind: aws.kms.key
#   area: encryption
#   needs: [key]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.9"]
#     nist_800_53_r5: ["CM-8(b)"]
#   remediation:
#     text: >-
#       Turn it on again, or plan its deletion once nothing is encrypted with it.
#     command: aws kms enable-key --key-id ID
package casemate.aws.kms.enabled

import data.casemate.lib.aws.kms

key := input.facets.key

applies if not kms.aws_managed(key)

compliant if {
	is_string(key.KeyState)
	key.KeyState != "Disabled"
}

deny contains {"message": "it is turned off", "evidence": {"KeyState": "Disabled"}} if key.KeyState == "Disabled"
