# METADATA
# title: CloudTrail trail looks for unusual activity
# description: >-
#   Insights notice bursts of calls and of errors that differ from what the account usually does.
# custom:
#   id: aws.cloudtrail.insights
#   kind: aws.cloudtrail.trail
#   area: monitoring
#   needs: [insights]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.7", "A.5.25", "A.8.16"]
#     nist_800_53_r5: ["AC-2(12)(a)", "AU-6(1)", "RA-3(4)", "SI-4(1)", "SI-4(2)", "SI-4(4)(b)", "SI-4(a)(1)", "SI-4(a)(2)", "SI-4(b)"]
#     pci_dss_4.0: ["10.4.1.1", "11.5.1"]
#   remediation:
#     text: >-
#       Turn on insights for the rate of calls and of errors.
#     command: aws cloudtrail put-insight-selectors --trail-name NAME --insight-selectors '[{"InsightType":"ApiCallRateInsight"},{"InsightType":"ApiErrorRateInsight"}]'
package casemate.aws.cloudtrail.insights

insights := input.facets.insights

compliant if count(insights.InsightSelectors) > 0

deny contains {"message": "no insights are on", "evidence": {"InsightSelectors": []}} if {
	is_boolean(insights.present)
	not compliant
}
