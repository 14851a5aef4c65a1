# METADATA
# title: Security Hub takes new controls by itself
# description: >-
#   Controls that AWS adds to a standard are judged from the first day.
# custom:
#   id: aws.securityhub.new_controls
#   kind: aws.account_region
#   area: monitoring
#   needs: [securityhub]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.36", "A.8.9", "A.8.16"]
#     nist_800_53_r5: ["CA-2(d)", "CA-7", "CA-7(b)"]
#     pci_dss_4.0: ["10.4.1.1"]
#   remediation:
#     text: >-
#       Turn on automatic controls.
#     command: aws securityhub update-security-hub-configuration --auto-enable-controls
package casemate.aws.securityhub.new_controls

hub := input.facets.securityhub

# Where the hub is off, `aws.securityhub.enabled` says so.
applies if not hub.present == false

on := object.get(hub, "AutoEnableControls", false)

compliant if on == true

deny contains {"message": "new controls stay off", "evidence": {"AutoEnableControls": on}} if {
	is_boolean(hub.present)
	not compliant
}
