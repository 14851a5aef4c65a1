# METADATA
# title: IAM role that a public sign-in opens names the application
# description: >-
#   Everybody can have an account with Google, Amazon or Facebook, or a pool of Cognito of his own. Without a
#   condition on the audience a token made for any application opens the role.
# custom:
#   id: aws.iam.role_web_identity_audience
#   kind: aws.iam.role
#   area: identity
#   needs: [trust]
#   severity: critical
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19", "A.8.3"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   attack: [T1199]
#   remediation:
#     text: >-
#       Add a condition on `aud` (Cognito, Google) or `app_id` (Amazon, Facebook) with the id of the application or
#       pool.
#     command: aws iam update-assume-role-policy --role-name ROLE --policy-document FILE
package casemate.aws.iam.role_web_identity_audience

import data.casemate.lib.aws.trust

document := input.facets.trust.document

open := [{"statement": statement, "host": host} |
	some statement in document.statements
	statement.effect == "Allow"
	some host in trust.open_providers(statement)
]

compliant if {
	document.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("a token of %s for any application opens it", [one.host]), "evidence": one.statement} if some one in open
