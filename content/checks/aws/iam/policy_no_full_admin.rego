# METADATA
# title: Customer managed policy does not allow everything on everything
# description: >-
#   Whoever gets the policy has the account. The version that is in force is read.
# custom:
#   id: aws.iam.policy_no_full_admin
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: high
#   frameworks:
#     aws_fsbp: ["IAM.1"]
#     cis_aws_3.0: ["1.16"]
#     cis_aws_5.0: ["1.15"]
#     cis_aws_6.0: ["2.15"]
#     cis_aws_7.0: ["2.14"]
#     iso_27001_2022: ["A.5.15", "A.5.18", "A.8.2"]
#     nist_800_53_r5: ["AC-3", "AC-5(b)", "AC-6", "AC-6(2)", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Write down what the work needs, and make a version that allows that; `AdministratorAccess` is there for the
#       few who need all.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_full_admin

import data.casemate.lib.aws.policy

document := input.facets.document.document

wide := policy.full_statements(document)

compliant if {
	document.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s allows everything on everything", [policy.named([statement])]), "evidence": statement} if some statement in wide
