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
