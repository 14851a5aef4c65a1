# METADATA
# title: Root users of member accounts are managed by the organisation
# description: >-
#   Where the management account may manage the root users of the members, these need no password, no keys and no
#   second factor of their own.
# custom:
#   id: aws.iam.root_central
#   kind: aws.account
#   area: identity
#   needs: [organization]
#   needs_if_supported: [organization_features]
#   severity: medium
#   frameworks:
#     cis_aws_7.0: ["2.1.1"]
#     iso_27001_2022: ["A.5.15", "A.8.2"]
#     nist_800_53_r5: ["AC-6(2)", "AC-6(10)", "IA-2"]
#     pci_dss_4.0: ["7.2.2", "8.2.2"]
#   remediation:
#     text: >-
#       Turn on central management of root credentials in IAM.
#     command: aws iam enable-organizations-root-credentials-management
package casemate.aws.iam.root_central

organization := input.facets.organization

features := input.facets.organization_features

account := split(input.resource.id, ":")[4]

# Members say nothing of it.
applies if organization.MasterAccountId == account

applies if not is_string(organization.MasterAccountId)

compliant if {
	organization.MasterAccountId == account
	"RootCredentialsManagement" in features.EnabledFeatures
}

deny contains {"message": "the root users of members are not managed by the organisation", "evidence": features} if {
	is_array(features.EnabledFeatures)
	not "RootCredentialsManagement" in features.EnabledFeatures
}

deny contains {"message": "IAM has no part in the organisation", "evidence": features} if features.present == false

deny contains {"message": "the account is in no organisation", "evidence": organization} if organization.present == false
