# METADATA
# title: GuardDuty watches the region
# description: >-
#   GuardDuty reads trails, DNS queries and flows for what intruders do; a region without it is where they go.
# custom:
#   id: aws.guardduty.enabled
#   kind: aws.account_region
#   area: monitoring
#   needs: [guardduty_detectors]
#   related:
#     - {edge: contains, direction: out, kind: aws.guardduty.detector, facets: [configuration]}
#   severity: medium
#   frameworks:
#     aws_fsbp: ["GuardDuty.1"]
#     iso_27001_2022: ["A.5.7", "A.5.25", "A.8.16"]
#     nist_800_53_r5: ["AC-2(12)(a)", "AU-6(1)", "RA-3(4)", "SI-4(1)", "SI-4(2)", "SI-4(4)(b)", "SI-4(a)(1)", "SI-4(a)(2)", "SI-4(b)"]
#     pci_dss_4.0: ["10.4.1.1", "11.5.1", "11.5.1.1"]
#   attack: [T1562]
#   remediation:
#     text: >-
#       Turn GuardDuty on in every region, best by its delegated administrator for the whole organisation.
#     command: aws guardduty create-detector --enable
package casemate.aws.guardduty.enabled

detectors := input.facets.guardduty_detectors.items

statuses := {detector.facets.configuration.Status | some detector in data.estate.related}

compliant if {
	count(detectors) > 0
	"ENABLED" in statuses
}

deny contains {"message": "there is no detector", "evidence": {"detectors": []}} if count(detectors) == 0

deny contains {"message": "the detector is turned off", "evidence": {"status": sort(statuses)}} if {
	count(detectors) > 0
	statuses == {"DISABLED"}
}
