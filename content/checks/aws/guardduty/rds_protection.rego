# METADATA
# title: GuardDuty watches sign-ins to databases
# description: >-
#   Guessed passwords and strange places of origin show in the sign-ins to Aurora and RDS.
# custom:
#   id: aws.guardduty.rds_protection
#   kind: aws.guardduty.detector
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Turn the plan on, in every region and for new accounts.
#     command: aws guardduty update-detector --detector-id ID --features '[{"Name":"RDS_LOGIN_EVENTS","Status":"ENABLED"}]'
package casemate.aws.guardduty.rds_protection

import data.casemate.lib.aws.guardduty

configuration := input.facets.configuration

compliant if guardduty.on(configuration, "RDS_LOGIN_EVENTS")

deny contains {"message": "RDS_LOGIN_EVENTS is off", "evidence": {"Status": object.get(configuration, "Status", ""), "Features": object.get(configuration, "Features", [])}} if {
	guardduty.off(configuration, "RDS_LOGIN_EVENTS")
}
