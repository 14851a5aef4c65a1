# METADATA
# title: Rotation of a secret happens when it should
# description: >-
#   Where the next rotation lies in the past, the function fails and nobody saw it.
# custom:
#   id: aws.secretsmanager.rotation_succeeds
#   kind: aws.secretsmanager.secret
#   area: secrets
#   needs: [secret]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["SecretsManager.2"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(f)"]
#     pci_dss_4.0: ["8.6.3"]
#   clock: day
#   remediation:
#     text: >-
#       Read the log of the rotation's function, mend it and rotate the secret.
#     command: aws secretsmanager rotate-secret --secret-id NAME
package casemate.aws.secretsmanager.rotation_succeeds

import data.casemate.lib.date

secret := input.facets.secret

never if {
	is_string(secret.Name)
	object.get(secret, "RotationEnabled", false) == false
}

applies if not never

# A day's grace: the window of a rotation is up to a day long.
late := input.today_days - date.days(secret.NextRotationDate)

compliant if {
	secret.RotationEnabled == true
	late <= 1
}

deny contains {"message": sprintf("it should have been rotated by %s", [substring(secret.NextRotationDate, 0, 10)]), "evidence": {"NextRotationDate": secret.NextRotationDate}} if {
	secret.RotationEnabled == true
	late > 1
}
