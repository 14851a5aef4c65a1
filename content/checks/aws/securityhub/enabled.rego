# METADATA
# title: Security Hub is on in the region
# description: >-
#   It gathers the findings of other services and judges the account by AWS's own controls.
# custom:
#   id: aws.securityhub.enabled
#   kind: aws.account_region
#   area: monitoring
#   needs: [securityhub]
#   severity: low
#   remediation:
#     text: >-
#       Turn it on in every region, best by its delegated administrator.
#     command: aws securityhub enable-security-hub
package casemate.aws.securityhub.enabled

hub := input.facets.securityhub

compliant if {
	hub.present == true
	startswith(hub.HubArn, "arn:")
}

deny contains {"message": "Security Hub is off", "evidence": {"present": false}} if hub.present == false
