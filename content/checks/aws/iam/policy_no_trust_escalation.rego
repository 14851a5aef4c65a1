# METADATA
# title: Customer managed policy does not let its holder change who may assume roles
# description: >-
#   Whoever may change the trust policy of any role lets himself assume the mightiest one. A denial in the same
#   policy counts, and so do conditions.
# custom:
#   id: aws.iam.policy_no_trust_escalation
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: critical
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   attack: [T1098]
#   remediation:
#     text: >-
#       Name the things that the work is about in `Resource`, or add a condition; for what administrators do, use a
#       role that few may assume.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_trust_escalation

import data.casemate.lib.aws.escalation
import data.casemate.lib.aws.policy

document := input.facets.document.document

# Everything is told by `aws.iam.policy_no_full_admin`.
applies if not policy.allows_all(document)

open := escalation.open(escalation.statements([document]), ["trust"])

compliant if {
	document.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("its holder gets %s", [concat(", ", sort(open))]), "evidence": {"ways": sort(open)}} if count(open) > 0
