# METADATA
# title: KMS key rotates at least once a year
# description: >-
#   The time between two rotations can be set from 90 to 2,560 days.
# custom:
#   id: aws.kms.rotation_period
#   kind: aws.kms.key
#   area: encryption
#   needs: [key, rotation]
#   severity: low
#   frameworks:
#     cis_aws_3.0: ["3.6"]
#     cis_aws_5.0: ["3.6"]
#     cis_aws_6.0: ["4.6"]
#     cis_aws_7.0: ["4.6"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12", "SC-12(2)"]
#     pci_dss_4.0: ["3.7.4"]
#   params:
#     days: {type: int, default: 365, description: most days between two rotations}
#   remediation:
#     text: >-
#       Set a shorter time.
#     command: aws kms enable-key-rotation --key-id ID --rotation-period-in-days 365
package casemate.aws.kms.rotation_period

import data.casemate.lib.aws.kms

rotation := input.facets.rotation

# Without rotation it is judged by `aws.kms.rotation` alone.
off if rotation.KeyRotationEnabled == false

off if rotation.present == false

applies if {
	not kms.aws_managed(input.facets.key)
	not kms.cannot_rotate(input.facets.key)
	not off
}

# KMS leaves the time out where it was never set: a year.
days := object.get(rotation, "RotationPeriodInDays", 365)

compliant if {
	input.facets.key.KeyManager == "CUSTOMER"
	rotation.KeyRotationEnabled == true
	days <= data.params.days
}

deny contains {"message": sprintf("it rotates every %d days; wanted at most %d", [days, data.params.days]), "evidence": {"RotationPeriodInDays": days}} if {
	rotation.KeyRotationEnabled == true
	days > data.params.days
}
