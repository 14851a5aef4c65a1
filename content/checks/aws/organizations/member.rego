# METADATA
# title: Account belongs to an organisation
# description: >-
#   What an organisation forbids holds even for administrators of the account. An account of its own has nobody
#   above it.
# custom:
#   id: aws.organizations.member
#   kind: aws.account
#   area: governance
#   needs: [organization, organization_accounts]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.23"]
#     nist_800_53_r5: ["AC-3", "AC-3(3)", "AC-6"]
#     pci_dss_4.0: ["7.3.1"]
#   remediation:
#     text: >-
#       Invite the account into the organisation.
#     command: aws organizations invite-account-to-organization --target Id=ACCOUNT,Type=ACCOUNT
package casemate.aws.organizations.member

organization := input.facets.organization

accounts := input.facets.organization_accounts.items

account := split(input.resource.id, ":")[4]

member if {
	some one in accounts
	one.Id == account
}

compliant if {
	organization.present == true
	member
}

deny contains {"message": "it is in no organisation", "evidence": organization} if organization.present == false

deny contains {"message": "it is not in the organisation of the present credentials", "evidence": {"Id": organization.Id}} if {
	organization.present == true
	is_array(accounts)
	not member
}
