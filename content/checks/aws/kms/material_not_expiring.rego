# METADATA
# title: Material that was brought into a KMS key does not end soon
# description: >-
#   At the end of its material a key opens nothing until the same material is brought in again.
# custom:
#   id: aws.kms.material_not_expiring
#   kind: aws.kms.key
#   area: encryption
#   needs: [key]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12"]
#     pci_dss_4.0: ["3.7.5"]
#   clock: day
#   params:
#     days: {type: int, default: 30, description: fewest days that the material must still be good}
#   remediation:
#     text: >-
#       Import the material again with a later end, or none.
#     command: aws kms import-key-material --key-id ID --import-token fileb://token --encrypted-key-material fileb://material --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE
package casemate.aws.kms.material_not_expiring

import data.casemate.lib.date

key := input.facets.key

endless if {
	is_string(key.KeyId)
	not key.ValidTo
}

applies if not endless

left := date.days(key.ValidTo) - input.today_days

compliant if left > data.params.days

deny contains {"message": sprintf("it ends on %s", [substring(key.ValidTo, 0, 10)]), "evidence": {"ValidTo": key.ValidTo}} if left <= data.params.days
