# METADATA
# title: Console password of an IAM user was used within 45 days
# description: >-
#   Nobody notices when a password that nobody uses is used by somebody else. A password that was never used counts
#   from the day of its last change.
# custom:
#   id: aws.iam.user_password_unused
#   kind: aws.iam.user
#   area: identity
#   needs: [credentials]
#   severity: medium
#   attack: [T1078.004]
#   clock: day
#   params:
#     days: {type: int, default: 45, description: days without use}
#   remediation:
#     text: >-
#       Take the console password away, or delete the user.
#     command: aws iam delete-login-profile --user-name USER
package casemate.aws.iam.user_password_unused

import data.casemate.lib.aws.identity

credentials := input.facets.credentials

idle := identity.idle_days(credentials.password_last_used, credentials.password_last_changed, input.today)

compliant if credentials.password_enabled == "false"

compliant if {
	credentials.password_enabled == "true"
	idle <= data.params.days
}

deny contains {"message": sprintf("its password was not used for %d days", [idle]), "evidence": {"password_last_used": credentials.password_last_used}} if {
	credentials.password_enabled == "true"
	idle > data.params.days
}
