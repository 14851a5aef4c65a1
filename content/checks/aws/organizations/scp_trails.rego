# METADATA
# title: A service control policy guards the trails
# description: >-
#   Who stops the trail does what he likes afterwards unseen.
# custom:
#   id: aws.organizations.scp_trails
#   kind: aws.account
#   area: governance
#   needs: [organization]
#   related:
#     - {edge: contains, direction: out, kind: aws.organizations.service_control_policy, facets: [content, targets]}
#   severity: medium
#   frameworks:
#     cis_aws_7.0: ["2.1.2"]
#     iso_27001_2022: ["A.5.23", "A.5.28", "A.5.33", "A.8.15"]
#     nist_800_53_r5: ["AC-3", "AC-3(3)", "AC-6", "AU-9(a)", "AU-10", "SI-7(1)", "SI-7(a)"]
#     pci_dss_4.0: ["7.3.1", "10.3.2", "10.3.4"]
#   remediation:
#     text: >-
#       Deny `cloudtrail:StopLogging` and `cloudtrail:DeleteTrail` for all but those who rule the trails.
#     command: aws organizations create-policy --type SERVICE_CONTROL_POLICY --name NAME --description TEXT --content FILE
package casemate.aws.organizations.scp_trails

import data.casemate.lib.aws.policy

organization := input.facets.organization

account := split(input.resource.id, ":")[4]

# The management account alone sees the policies.
applies if organization.MasterAccountId == account

applies if not is_string(organization.MasterAccountId)

actions := ["cloudtrail:stoplogging", "cloudtrail:deletetrail"]

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
	every action in actions { policy.reaches(statement, action) }
	policy.every_resource(statement)
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
