# METADATA
# title: GuardDuty watches reads and writes of objects in S3
# description: >-
#   Theft from a bucket is a series of reads by somebody who never read before.
# custom:
#   id: aws.guardduty.s3_protection
#   kind: aws.guardduty.detector
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Turn the plan on, in every region and for new accounts.
#     command: aws guardduty update-detector --detector-id ID --features '[{"Name":"S3_DATA_EVENTS","Status":"ENABLED"}]'
package casemate.aws.guardduty.s3_protection

import data.casemate.lib.aws.guardduty

configuration := input.facets.configuration

compliant if guardduty.on(configuration, "S3_DATA_EVENTS")

deny contains {"message": "S3_DATA_EVENTS is off", "evidence": {"Status": object.get(configuration, "Status", ""), "Features": object.get(configuration, "Features", [])}} if {
	guardduty.off(configuration, "S3_DATA_EVENTS")
}
