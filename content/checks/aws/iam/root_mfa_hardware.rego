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
#   frameworks:
#     aws_fsbp: ["IAM.6"]
#     cis_aws_3.0: ["1.6"]
#     cis_aws_5.0: ["1.5"]
#     cis_aws_6.0: ["2.5"]
#     cis_aws_7.0: ["2.6"]
#     iso_27001_2022: ["A.5.17", "A.8.2", "A.8.5"]
#     nist_800_53_r5: ["IA-2(1)", "IA-2(6)", "IA-2(8)"]
#     pci_dss_4.0: ["8.4.1", "8.4.2", "8.4.3"]
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
