# METADATA
# title: GuardDuty has no open finding of high severity
# description: >-
#   A finding of severity 7 or more says that something was very likely taken over. One that was looked at is
#   archived.
# custom:
#   id: aws.guardduty.no_high_findings
#   kind: aws.guardduty.detector
#   area: monitoring
#   needs: [high_findings]
#   severity: high
#   remediation:
#     text: >-
#       Look into each finding now; archive it when it is dealt with.
package casemate.aws.guardduty.no_high_findings

ids := input.facets.high_findings.FindingIds

compliant if count(ids) == 0

deny contains {"message": sprintf("%d findings of high severity are open", [count(ids)]), "evidence": {"FindingIds": ids}} if count(ids) > 0
