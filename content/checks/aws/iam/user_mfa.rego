# METADATA
# title: IAM user with a console password has a second factor
# description: >-
#   A password alone is guessed, fished or found; with it anybody signs in as the user.
# custom:
#   id: aws.iam.user_mfa
#   kind: aws.iam.user
#   area: identity
#   needs: [login_profile, mfa_devices]
#   severity: high
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Let the user register a passkey or another device, or take the console password away.
#     command: aws iam delete-login-profile --user-name USER
package casemate.aws.iam.user_mfa

profile := input.facets.login_profile

devices := input.facets.mfa_devices.items

compliant if {
	profile.present == false
	is_array(devices)
}

compliant if {
	profile.present == true
	count(devices) > 0
}

deny contains {"message": "it has a console password and no second factor", "evidence": profile} if {
	profile.present == true
	count(devices) == 0
}
