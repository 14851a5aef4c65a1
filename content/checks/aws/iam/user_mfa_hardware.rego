# METADATA
# title: Console user's second factor is a device of its own
# description: >-
#   A code from an application on a telephone can be fished; a passkey or a key of hardware answers to the right
#   site alone.
# custom:
#   id: aws.iam.user_mfa_hardware
#   kind: aws.iam.user
#   area: identity
#   needs: [login_profile, mfa_devices]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.2", "A.8.5"]
#     nist_800_53_r5: ["IA-2(1)", "IA-2(6)", "IA-2(8)"]
#     pci_dss_4.0: ["8.4.1", "8.4.2", "8.4.3"]
#   remediation:
#     text: >-
#       Register a security key or passkey and remove the virtual device.
#     command: aws iam deactivate-mfa-device --user-name USER --serial-number DEVICE
package casemate.aws.iam.user_mfa_hardware

profile := input.facets.login_profile

devices := input.facets.mfa_devices.items

applies if profile.present != false

virtual := [device | some device in devices; regex.match(`^arn:[^:]*:iam::[0-9]{12}:mfa/`, device.SerialNumber)]

compliant if {
	profile.present == true
	count(devices) > 0
	count(virtual) == 0
}

deny contains {"message": "it has no second factor", "evidence": input.facets.mfa_devices} if {
	profile.present == true
	count(devices) == 0
}

deny contains {"message": "it has a virtual device", "evidence": device} if {
	profile.present == true
	some device in virtual
}
