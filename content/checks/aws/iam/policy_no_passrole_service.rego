# METADATA
# title: Customer managed policy does not let its holder run code with any role
# description: >-
#   Passing any role to a service and telling the service what to run, by the same policy, gives the rights of the
#   mightiest role that the service may have. A condition on `iam:PassedToService` that names the service of the way
#   does not help.
# custom:
#   id: aws.iam.policy_no_passrole_service
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: critical
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   attack: [T1098.003]
#   remediation:
#     text: >-
#       Name the roles that may be passed.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_passrole_service

import data.casemate.lib.aws.escalation
import data.casemate.lib.aws.policy

document := input.facets.document.document

# Everything is told by `aws.iam.policy_no_full_admin`.
applies if not policy.allows_all(document)

open := escalation.open(escalation.statements([document]), ["passrole"])

compliant if {
	document.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("its holder gets %s", [concat(", ", sort(open))]), "evidence": {"ways": sort(open)}} if count(open) > 0
