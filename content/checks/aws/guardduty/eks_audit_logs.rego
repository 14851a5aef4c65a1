# METADATA
# title: GuardDuty watches the audit logs of EKS clusters
# description: >-
#   What is done inside a cluster shows in its audit log alone.
# custom:
#   id: aws.guardduty.eks_audit_logs
#   kind: aws.guardduty.detector
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.7", "A.5.25", "A.8.16"]
#     nist_800_53_r5: ["AC-2(12)(a)", "AU-6(1)", "RA-3(4)", "SI-4(1)", "SI-4(2)", "SI-4(4)(b)", "SI-4(a)(1)", "SI-4(a)(2)", "SI-4(b)"]
#     pci_dss_4.0: ["10.4.1.1", "11.5.1"]
#   remediation:
#     text: >-
#       Turn the plan on, in every region and for new accounts.
#     command: aws guardduty update-detector --detector-id ID --features '[{"Name":"EKS_AUDIT_LOGS","Status":"ENABLED"}]'
package casemate.aws.guardduty.eks_audit_logs

import data.casemate.lib.aws.guardduty

configuration := input.facets.configuration

compliant if guardduty.on(configuration, "EKS_AUDIT_LOGS")

deny contains {"message": "EKS_AUDIT_LOGS is off", "evidence": {"Status": object.get(configuration, "Status", ""), "Features": object.get(configuration, "Features", [])}} if {
	guardduty.off(configuration, "EKS_AUDIT_LOGS")
}
