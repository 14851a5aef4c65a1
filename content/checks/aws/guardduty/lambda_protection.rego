# METADATA
# title: GuardDuty watches the traffic of Lambda functions
# description: >-
#   A function that was taken over talks to somebody new.
# custom:
#   id: aws.guardduty.lambda_protection
#   kind: aws.guardduty.detector
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Turn the plan on, in every region and for new accounts.
#     command: aws guardduty update-detector --detector-id ID --features '[{"Name":"LAMBDA_NETWORK_LOGS","Status":"ENABLED"}]'
package casemate.aws.guardduty.lambda_protection

import data.casemate.lib.aws.guardduty

configuration := input.facets.configuration

compliant if guardduty.on(configuration, "LAMBDA_NETWORK_LOGS")

deny contains {"message": "LAMBDA_NETWORK_LOGS is off", "evidence": {"Status": object.get(configuration, "Status", ""), "Features": object.get(configuration, "Features", [])}} if {
	guardduty.off(configuration, "LAMBDA_NETWORK_LOGS")
}
