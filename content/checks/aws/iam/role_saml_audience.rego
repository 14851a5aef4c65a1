# METADATA
# title: IAM role that SAML opens names the audience
# description: >-
#   An assertion that was made for another service of the same provider opens the role where no audience is asked
#   for.
# custom:
#   id: aws.iam.role_saml_audience
#   kind: aws.iam.role
#   area: identity
#   needs: [trust]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   remediation:
#     text: >-
#       Add `SAML:aud` with the sign-in address of AWS, `https://signin.aws.amazon.com/saml`.
#     command: aws iam update-assume-role-policy --role-name ROLE --policy-document FILE
package casemate.aws.iam.role_saml_audience

import data.casemate.lib.aws.policy
import data.casemate.lib.aws.trust

document := input.facets.trust.document

open := [{"statement": statement, "name": policy.named([statement])} |
	some statement in document.statements
	statement.effect == "Allow"
	policy.reaches(statement, "sts:assumerolewithsaml")
	some name in statement.principal.Federated
	contains(name, ":saml-provider/")
	not trust.names_claim(statement, ["saml:aud"])
]

compliant if {
	document.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("%s accepts assertions for any audience", [one.name]), "evidence": one.statement} if some one in open
