# METADATA
# title: IAM user who may do everything has a second factor
# description: >-
#   With an access key alone an administrator without a second factor has no means to ask for one.
# custom:
#   id: aws.iam.user_admin_mfa
#   kind: aws.iam.user
#   area: identity
#   needs: [identity_policies, boundary, mfa_devices]
#   severity: high
#   frameworks:
#     aws_fsbp: ["IAM.19"]
#     iso_27001_2022: ["A.5.17", "A.8.5"]
#     nist_800_53_r5: ["IA-2(1)", "IA-2(2)", "IA-2(8)"]
#     pci_dss_4.0: ["8.4.1", "8.4.2", "8.4.3"]
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Register a passkey or another device for the user, and ask for it in the policy.
#     command: aws iam enable-mfa-device --user-name USER --serial-number DEVICE --authentication-code1 CODE --authentication-code2 CODE
package casemate.aws.iam.user_admin_mfa

import data.casemate.lib.aws.identity

policies := input.facets.identity_policies

boundary := input.facets.boundary

devices := input.facets.mfa_devices.items

admin if {
	count(identity.admin_policies(policies)) > 0
	not identity.frozen(policies)
	identity.unbounded(boundary)
}

told if {
	identity.readable(policies)
	identity.boundary_readable(boundary)
}

compliant if {
	told
	is_array(devices)
	not admin
}

compliant if {
	told
	count(devices) > 0
}

deny contains {"message": "it may do everything and has no second factor", "evidence": input.facets.mfa_devices} if {
	told
	admin
	count(devices) == 0
}
