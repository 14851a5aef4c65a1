# METADATA
# title: A service control policy keeps the root users of members from acting
# description: >-
#   Nobody needs the root user of a member account for daily work, and nothing in the account bounds it.
# custom:
#   id: aws.organizations.scp_root
#   kind: aws.account
#   area: governance
#   needs: [organization]
#   related:
#     - {edge: contains, direction: out, kind: aws.organizations.service_control_policy, facets: [content, targets]}
#   severity: low
#   frameworks:
#     cis_aws_7.0: ["2.1.2"]
#     iso_27001_2022: ["A.5.23"]
#     nist_800_53_r5: ["AC-3", "AC-3(3)", "AC-6"]
#     pci_dss_4.0: ["7.3.1"]
#   remediation:
#     text: >-
#       Deny everything where `aws:PrincipalArn` is like `arn:aws:iam::*:root`.
#     command: aws organizations create-policy --type SERVICE_CONTROL_POLICY --name NAME --description TEXT --content FILE
package casemate.aws.organizations.scp_root

import data.casemate.lib.aws.policy

organization := input.facets.organization

account := split(input.resource.id, ":")[4]

# The management account alone sees the policies.
applies if organization.MasterAccountId == account

applies if not is_string(organization.MasterAccountId)

policies := [related |
	some related in data.estate.related
	related.resource.kind == "aws.organizations.service_control_policy"
	count(related.facets.targets.items) > 0
]

guards contains related.resource.name if {
	some related in policies
	some statement in related.facets.content.Content.statements
	denies(statement)
}

denies(statement) if {
	statement.effect == "Deny"
	policy.every_action(statement)
	policy.every_resource(statement)
	some condition in statement.condition
	condition.key == "aws:principalarn"
	condition.operator in {"stringlike", "arnlike"}
	some value in condition.values
	regex.match(`^(arn:[^:]*:iam::\*:root|\*:root)$`, value)
	count(statement.condition) == 1
}

readable if {
	every related in data.estate.related {
		is_array(related.facets.targets.items)
		related.facets.content.Content.valid == true
	}
}

compliant if {
	organization.MasterAccountId == account
	count(guards) > 0
}

deny contains {"message": "no service control policy that is attached does that", "evidence": {"policies": count(policies)}} if {
	organization.MasterAccountId == account
	readable
	count(guards) == 0
}

deny contains {"message": "the account is in no organisation", "evidence": organization} if organization.present == false
