# METADATA
# title: KMS key's policy does not let everybody in
# description: >-
#   Whoever the policy names may use the key from any account. A condition on the caller narrows, `kms:CallerAccount`
#   among them; one on the service through which the key is used does not.
# custom:
#   id: aws.kms.policy_not_public
#   kind: aws.kms.key
#   area: encryption
#   needs: [policy]
#   severity: critical
#   frameworks:
#     aws_fsbp: ["KMS.5"]
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.8.3", "A.8.24"]
#     nist_800_53_r5: ["AC-3", "AC-6", "SC-12"]
#     pci_dss_4.0: ["3.6.1", "3.6.1.3", "3.7.7", "7.2.1"]
#   attack: [T1530]
#   remediation:
#     text: >-
#       Name the accounts or roles in the statement, or add a condition on `kms:CallerAccount` or `aws:PrincipalOrgID`.
#     command: aws kms put-key-policy --key-id ID --policy-name default --policy file://policy.json
package casemate.aws.kms.policy_not_public

import data.casemate.lib.aws.policy

facet := input.facets.policy

open := policy.public_statements(facet.Policy)

compliant if {
	facet.Policy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("the policy lets everybody use the key by %s", [policy.label(facet.Policy, statement)]), "evidence": statement} if {
	some statement in open
}
