# METADATA
# title: Root user's second factor is a device of its own
# description: >-
#   A virtual device lives on a telephone that is lost, changed and copied. A key of hardware lies in a safe.
# custom:
#   id: aws.iam.root_mfa_hardware
#   kind: aws.account
#   area: identity
#   needs: [root, virtual_mfa_devices]
#   severity: medium
#   remediation:
#     text: >-
#       Register a security key for the root user and remove the virtual device.
package casemate.aws.iam.root_mfa_hardware

root := input.facets.root

devices := input.facets.virtual_mfa_devices.items

applies if root.password != false

applies if not is_boolean(root.password)

virtual := [device | some device in devices; of_root(device)]

of_root(device) if device.User.Arn == input.resource.id

of_root(device) if endswith(device.SerialNumber, ":mfa/root-account-mfa-device")

compliant if {
	root.mfa == true
	is_array(devices)
	count(virtual) == 0
}

deny contains {"message": "the root user has no second factor", "evidence": root} if root.mfa == false

deny contains {"message": "the root user has a virtual device", "evidence": device} if some device in virtual
