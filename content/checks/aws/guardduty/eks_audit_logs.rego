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
