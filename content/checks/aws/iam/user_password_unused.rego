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
#   frameworks:
#     aws_fsbp: ["IAM.8", "IAM.22"]
#     cis_aws_3.0: ["1.12"]
#     cis_aws_5.0: ["1.11"]
#     cis_aws_6.0: ["2.11"]
#     cis_aws_7.0: ["2.11"]
#     iso_27001_2022: ["A.5.16", "A.5.18"]
#     nist_800_53_r5: ["AC-2(3)", "AC-2(j)", "AC-6"]
#     pci_dss_4.0: ["7.2.4", "8.2.6"]
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
