# METADATA
# title: IAM role that an OpenID Connect provider opens names whose tokens it accepts
# description: >-
#   A provider such as that of GitHub or GitLab makes tokens for everybody who has a repository there. Without a
#   condition on the subject any of them may assume the role; a wildcard in place of the organisation is no
#   condition.
# custom:
#   id: aws.iam.role_oidc_subject
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
#       Add a condition on the claim `sub` of the provider that names the organisation and repository, or the
#       service account.
#     command: aws iam update-assume-role-policy --role-name ROLE --policy-document FILE
package casemate.aws.iam.role_oidc_subject

import data.casemate.lib.aws.trust

document := input.facets.trust.document

open := [{"statement": statement, "host": host} |
	some statement in document.statements
	statement.effect == "Allow"
	some host in trust.oidc_providers(statement)
	not trust.names_subject(statement, host)
]

compliant if {
	document.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("any token of %s opens it", [one.host]), "evidence": one.statement} if some one in open
