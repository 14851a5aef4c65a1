# METADATA
# title: Customer managed policy does not let its holder stop the trails
# description: >-
#   Who can stop the trails does what he likes afterwards unseen.
# custom:
#   id: aws.iam.policy_no_trail_stop
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18", "A.5.28", "A.5.33", "A.8.15"]
#     nist_800_53_r5: ["AC-3", "AC-6", "AU-9(a)", "AU-10", "SI-7(1)", "SI-7(a)"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2", "10.3.2", "10.3.4"]
#   attack: [T1562.008]
#   remediation:
#     text: >-
#       Deny these actions for all but those who rule the trails.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_trail_stop

import data.casemate.lib.aws.escalation
import data.casemate.lib.aws.policy

document := input.facets.document.document

actions := ["cloudtrail:stoplogging", "cloudtrail:deletetrail", "cloudtrail:updatetrail", "cloudtrail:puteventselectors"]

# Everything is told by `aws.iam.policy_no_full_admin`.
applies if not policy.allows_all(document)

wide := escalation.on_all(document, actions, "trail")

compliant if {
	document.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s lets its holder stop every trail", [policy.named([statement])]), "evidence": statement} if some statement in wide
