# METADATA
# title: Lambda function cannot be invoked by everybody
# description: >-
#   Whoever may invoke a function runs code with its role and pays with your money. The resource policy is read as
#   AWS reads it: a condition on the caller narrows, one on transport does not. Statements for the function's URL
#   are judged by `aws.lambda.url_auth`.
# custom:
#   id: aws.lambda.not_public
#   kind: aws.lambda.function
#   area: compute
#   needs: [policy]
#   severity: high
#   frameworks:
#     aws_fsbp: ["Lambda.1"]
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       Remove the statement, or name the account or the source in it (`aws:SourceArn`, `aws:SourceAccount`,
#       `aws:PrincipalOrgID`).
#     command: aws lambda remove-permission --function-name NAME --statement-id ID
package casemate.aws.lambda.not_public

import data.casemate.lib.aws.policy

facet := input.facets.policy

open := [statement |
	some statement in policy.public_statements_for(facet.Policy, "lambda:invokefunction")
	not by_url(statement)
]

by_url(statement) if {
	some condition in statement.condition
	condition.key == "lambda:functionurlauthtype"
}

compliant if facet.present == false

compliant if {
	facet.Policy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody may invoke it by %s", [policy.named([statement])]), "evidence": statement} if {
	some statement in open
}
