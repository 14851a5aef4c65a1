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
#   frameworks:
#     iso_27001_2022: ["A.5.7", "A.5.25", "A.8.16"]
#     nist_800_53_r5: ["AC-2(12)(a)", "AU-6(1)", "RA-3(4)", "SI-4(1)", "SI-4(2)", "SI-4(4)(b)", "SI-4(a)(1)", "SI-4(a)(2)", "SI-4(b)"]
#     pci_dss_4.0: ["10.4.1.1", "11.5.1"]
#   remediation:
#     text: >-
#       Look into each finding now; archive it when it is dealt with.
package casemate.aws.guardduty.no_high_findings

ids := input.facets.high_findings.FindingIds

compliant if count(ids) == 0

deny contains {"message": sprintf("%d findings of high severity are open", [count(ids)]), "evidence": {"FindingIds": ids}} if count(ids) > 0
